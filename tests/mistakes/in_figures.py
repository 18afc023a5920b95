"""Mistakes in figures: one sum that does not hold for each identity of the domain notes, and slips of the hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from random import Random

from etl.demo.grid import Grid, Place, Tag
from tests.mistakes.county import Paper, Spot
from tests.mistakes.planting import Plant

CODED = (
    *("revenue", "expenditure", "general-budget-expenditure", "basic-expenditure"),
    *("government-fund", "state-capital", "special-account"),
)
SUMMARIES = ("revenue-expenditure-summary", "appropriation-summary")

Lines = Callable[[str], bool]


def named(*keys: str) -> Lines:
    return lambda line: line in keys


def digits(*lengths: int) -> Lines:
    return lambda line: line.isdecimal() and len(line) in lengths


def starting(*starts: str) -> Lines:
    return lambda line: line.startswith(starts)


# --- where a wrong figure shows -------------------------------------------------------------------------------------


def shows_at(spot: Spot) -> Iterator[Place]:
    """The cell itself, and the sums of its table that it is a part of."""
    yield spot.place
    tag, tags = spot.tag, spot.grid.tags
    above = set(_above(tag.line_code, spot.grid, tag.table_id))
    for place, other in tags.items():
        if (
            place != spot.place
            and other.table_id == tag.table_id
            and _holds(other, tag, above, place[0] == spot.place[0])
        ):
            yield place


def _holds(other: Tag, tag: Tag, above: Collection[str], is_beside: bool) -> bool:
    """Whether another figure of the table may be a sum that this one goes into."""
    if other.line_code in above:
        return other.measure == tag.measure or tag.table_id in SUMMARIES
    if other.line_code == tag.line_code and other.measure in _FOLLOWING:
        return True
    if tag.table_id == "three-public-expenses" and other.line_code in _THREE:
        return other.measure == tag.measure
    return is_beside and other.line_code == tag.line_code and _wider(tag.measure, other.measure)


_FOLLOWING = ("change", "closing", "sme-reserved")
_THREE = ("total", "vehicles")
_OWN_FUNDS = ("undertaking", "operating", "superior-subsidy", "subordinate", "other")


def _wider(measure: str, other: str) -> bool:
    """Whether a column may be a sum that another goes into."""
    return (
        other in {"total", "current-year"}
        or measure.startswith(f"{other}-")
        or (other == "basic" and measure in {"personnel", "public"})
        or (other == "unit-funds" and measure in _OWN_FUNDS)
    )


def _above(line: str, grid: Grid, table_id: str) -> Iterator[str]:
    if line.isdecimal() and table_id not in SUMMARIES:
        held = [code for code in grid.codes if code != line and line.startswith(code)]
        yield max(held, key=len, default="total")
        yield from ("personnel-total", "public-total")
    elif line.isdecimal():
        yield from ("expenditure-current-year", "total-expenditure")
    elif line.startswith(("income", "carry-over-opening", "unit-funds", "non-appropriation")):
        yield from ("income-current-year", "total-income", "carry-over-opening", "unit-funds")
    elif line.startswith(("expenditure", "carry-over-closing", "surplus")):
        yield "total-expenditure"
    if line in {"total-income", "total-expenditure"}:
        yield from ("total-income", "total-expenditure")
    elif line != "total":
        yield "total"


# --- one figure of an identity --------------------------------------------------------------------------------------


def off(tables: tuple[str, ...] | str, lines: Lines, *measures: str, document: str = "", family: str = "") -> Plant:
    """A figure that is wrong by more than rounding."""
    wanted = (tables,) if isinstance(tables, str) else tables

    def plant(paper: Paper, rng: Random) -> bool:
        if document not in ("", paper.account.document) or family not in ("", paper.ways.family):
            return False
        places = [
            spot
            for spot in paper.spots(*wanted)
            if lines(spot.tag.line_code) and spot.tag.fen and (not measures or spot.tag.measure in measures)
        ]
        if not places:
            return False
        spot = rng.choice(places)
        step = max(spot.grid.unit_fen // 100, 1)
        fen = spot.tag.fen + step * rng.randint(100, 900) * rng.choice((1, 1, 10, 100))
        _put(paper, spot, fen)
        return True

    return plant


def _put(paper: Paper, spot: Spot, fen: int) -> None:
    for place in shows_at(spot):
        paper.expect(spot.at(place))
    paper.restate(spot, fen)


def column_of_nothing(paper: Paper, rng: Random) -> bool:
    """Every line of a column is nil, and the total is not."""
    places = [
        spot
        for spot in paper.spots("expenditure", "general-budget-expenditure")
        if spot.tag.line_code == "total" and spot.tag.measure in {"basic", "project"} and spot.tag.fen
    ]
    if not places:
        return False
    total = rng.choice(places)
    paper.expect(total)
    for spot in paper.spots(total.tag.table_id):
        if spot.grid is total.grid and spot.tag.measure == total.tag.measure and spot.place != total.place:
            paper.expect(spot)
            paper.restate(spot, 0)
    return True


def rounded(paper: Paper, rng: Random) -> bool:
    """A sum in 万元 that is a hundredth off, as where each line was rounded by itself."""
    places = [
        spot
        for spot in paper.spots("appropriation-summary")
        if spot.grid.unit_fen > 100
        and spot.tag.line_code == "expenditure-current-year"
        and spot.tag.measure == "general-budget"
        and spot.tag.fen
    ]
    if not places or paper.account.document == "budget":
        return False
    spot = rng.choice(places)
    more = rng.choice((-1, 1)) * spot.grid.unit_fen // 100
    for line in ("expenditure-current-year", "total-expenditure"):
        for measure in ("general-budget", "total"):
            for other in paper.spots("appropriation-summary"):
                tag = other.tag
                if (tag.line_code, tag.measure) == (line, measure):
                    paper.expect(other)
                    if line == "expenditure-current-year" and measure == "general-budget":
                        paper.restate(other, tag.fen + more)
    return True


def a_fen_off(paper: Paper, rng: Random) -> bool:
    """A total in 元 that is a fen off: what is printed to the fen adds up to the fen."""
    places = [
        spot
        for spot in paper.spots(*CODED)
        if spot.grid.unit_fen == 100 and spot.tag.line_code == "total" and spot.tag.fen
    ]
    if not places:
        return False
    spot = rng.choice(places)
    _put(paper, spot, spot.tag.fen + rng.choice((-1, 1)))
    return True


# --- slips of the hand, in any figure ------------------------------------------------------------------------------


def slip(change: Callable[[int, int, Random], int]) -> Plant:
    """A figure anywhere in the tables by code, written wrongly."""

    def plant(paper: Paper, rng: Random) -> bool:
        places = [spot for spot in paper.spots(*CODED, *SUMMARIES) if spot.tag.fen and _summed(spot.tag, spot.grid)]
        if not places:
            return False
        spot = rng.choice(places)
        step = max(spot.grid.unit_fen // 100, 1)
        fen = change(spot.tag.fen // step, step, rng)
        if not fen or abs(fen - spot.tag.fen) < 30 * step:
            return False
        _put(paper, spot, fen)
        return True

    return plant


def _summed(tag: Tag, grid: Grid) -> bool:
    """Whether an identity holds the figure: not those of a national form of funds that has one line and one column."""
    return tag.measure != "previous" and len(grid.tags) > 8


def power(*powers: int) -> Callable[[int, int, Random], int]:
    def change(printed: int, step: int, rng: Random) -> int:
        by = rng.choice(powers)
        return printed * 10**by * step if by > 0 else printed // 10**-by * step

    return change


def negative(printed: int, step: int, _: Random) -> int:
    return -printed * step


def swapped(printed: int, step: int, rng: Random) -> int:
    text = str(printed)
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and text[at + 1] != "0"]
    if not places:
        return 0
    at = rng.choice(places)
    return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]) * step


def mistyped(printed: int, step: int, rng: Random) -> int:
    text = str(printed)
    at = rng.randrange(len(text))
    return int(text[:at] + rng.choice("123456789") + text[at + 1 :]) * step


def total_counts(times: int) -> Plant:
    """A total that counts one of its classes twice, or not at all."""

    def plant(paper: Paper, rng: Random) -> bool:
        places = [
            (spot, tag.fen)
            for spot in paper.spots(*CODED)
            if spot.tag.line_code == "total" and spot.tag.fen
            for place, tag in spot.grid.tags.items()
            if tag.measure == spot.tag.measure
            and tag.line_code.isdecimal()
            and len(tag.line_code) == 3
            and 30 * spot.grid.unit_fen // 100 < tag.fen < spot.tag.fen
        ]
        if not places:
            return False
        spot, part = rng.choice(places)
        _put(paper, spot, spot.tag.fen + times * part)
        return True

    return plant


def subtotal_added(paper: Paper, rng: Random) -> bool:
    """A total that adds the 款 to the classes they make up."""
    places = [
        (spot, tag.fen)
        for spot in paper.spots("expenditure", "general-budget-expenditure", "revenue")
        if spot.tag.line_code == "total" and spot.tag.fen
        for tag in spot.grid.tags.values()
        if tag.measure == spot.tag.measure and tag.line_code.isdecimal() and len(tag.line_code) == 5
        if tag.fen > 30 * spot.grid.unit_fen // 100
    ]
    if not places:
        return False
    spot, part = rng.choice(places)
    _put(paper, spot, spot.tag.fen + part)
    return True
