"""The money of one body: what it plans and spends, year by year, in whole fen.

Everything that any form prints is a sum over the same few entries, so that every identity between the tables holds
because it cannot do otherwise.

    plan of the first year -> budget -> final account -> (what is left over) -> budget of the next year -> …
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from etl.demo.county import Body
from etl.demo.economics import OPERATING, PART_OF_THREE, PERSONNEL, PROJECT, PUBLIC, WAGES

APPROPRIATIONS = ("general-budget", "government-fund", "state-capital")
TEN_THOUSANDTH = 10_000
"""Fen in a hundred yuan, the second decimal of 万元: what is printed there is then exact."""

Pot = tuple[str, str, bool]
"""Item, source of the money, and whether it is for projects: what is carried over stays in its pot."""


@dataclass(frozen=True, slots=True)
class Spend:
    """So much for one purpose, out of one source."""

    item: str
    """Functional code."""
    economic: str
    part: str
    """`personnel`, `public`, `project` or `operating`."""
    source: str
    project: str
    """Name of the project; empty for basic expenditure."""
    fen: int

    @property
    def pot(self) -> Pot:
        return self.item, self.source, self.part == "project"


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """“三公” by line, without sums: overseas-travel, vehicle-purchase, vehicle-running, reception."""

    lines: Mapping[str, int]
    fund: Mapping[str, int]
    """The part of it that a government fund paid."""


@dataclass(frozen=True, slots=True)
class Account:
    """One document of one body and year."""

    year: int
    document: str
    spends: tuple[Spend, ...]
    opening: Mapping[Pot, int]
    closing: Mapping[Pot, int]
    budget: ThreePublic
    """“三公” as approved at the start of the year."""
    final: ThreePublic
    """As spent; in a budget the same as `budget`."""
    previous: ThreePublic
    """As approved a year before."""

    def spent(self) -> dict[Pot, int]:
        """What was spent out of each pot."""
        sums: dict[Pot, int] = {}
        for spend in self.spends:
            sums[spend.pot] = sums.get(spend.pot, 0) + spend.fen
        return sums

    def income(self) -> dict[Pot, int]:
        """What came into each pot in the year: what was spent and what is left, less what was there."""
        spent = self.spent()
        pots = dict.fromkeys([*spent, *self.opening, *self.closing])
        return {pot: spent.get(pot, 0) + self.closing.get(pot, 0) - self.opening.get(pot, 0) for pot in pots}


def accounts(
    body: Body, years: Sequence[int], common: Mapping[str, str], names: Sequence[str], grain: int, rng: Random
) -> list[Account]:
    """Budget and final account of every year in which the body existed, in their order."""
    plan = _plan(body, common, names, grain, rng)
    opening = _left(plan, grain, rng)
    three = _three_public(body, grain, rng)
    made: list[Account] = []
    shows_opening = rng.random() < 0.6
    for year in years:
        approved = _scaled(plan, 0.97, 1.06, grain, rng)
        budget = _hold(approved, three)
        known = {pot: fen for pot, fen in opening.items() if pot[1] in APPROPRIATIONS} if shows_opening else {}
        last = three if not made else made[-1].budget
        made.append(Account(year, "budget", budget, known, {}, three, three, last))
        real = _lowered(three, bool(body.fund), grain, rng)
        spends = _hold(_scaled(approved, 0.88, 1.18, grain, rng), real)
        closing = _left(spends, grain, rng)
        made.append(Account(year, "final-account", spends, opening, closing, three, real, last))
        opening, plan = closing, approved
        three = _three_public(body, grain, rng) if rng.random() < 0.3 else _lowered(three, False, grain, rng)
    return [account for account in made if body.existed(account.year)]


def nothing(year: int, document: str) -> Account:
    """The account of a body that has no money of its own here."""
    none = ThreePublic({}, {})
    return Account(year, document, (), {}, {}, none, none, none)


def shares(total: int, weights: Sequence[int], grain: int) -> list[int]:
    """A total in parts of whole grains that add up to it exactly."""
    whole, rest = divmod(total, grain)
    sums, parts, seen = 0, [], 0
    for weight in weights:
        seen += weight
        upto = whole * seen // sum(weights)
        parts.append((upto - sums) * grain)
        sums = upto
    parts[-1] += rest
    return parts


# --- the plan -------------------------------------------------------------------------------------------------------


def _plan(body: Body, common: Mapping[str, str], names: Sequence[str], grain: int, rng: Random) -> tuple[Spend, ...]:
    staff = body.size * rng.randint(7, 14)
    wages = staff * rng.randint(7_800_000, 9_600_000)
    kind = "institution" if body.institution else "administrative"
    parts = [
        *_spread(body.main, WAGES[kind], "personnel", wages, grain, rng),
        *_spread(body.main, PUBLIC, "public", staff * rng.randint(700_000, 1_500_000), grain, rng),
    ]
    for key, economic, share in PERSONNEL:
        item = common.get(key) or common[f"{key}-{kind}"]
        if key != "medical-civil-servants" or not body.institution:
            parts.append(
                Spend(item, economic, "personnel", "general-budget", "", _grained(wages * share // 100, grain))
            )
    parts += _projects(body, names, wages, grain, rng)
    parts += _own(body, wages, grain, rng)
    return tuple(spend for spend in parts if spend.fen)


def _spread(item: str, weights: Mapping[str, int], part: str, total: int, grain: int, rng: Random) -> list[Spend]:
    mixed = [weight * rng.randint(70, 130) for weight in weights.values()]
    sums = shares(_grained(total, grain), mixed, grain)
    return [Spend(item, code, part, "general-budget", "", fen) for code, fen in zip(weights, sums, strict=True)]


def _projects(body: Body, names: Sequence[str], wages: int, grain: int, rng: Random) -> list[Spend]:
    parts: list[Spend] = []
    sources = [(item, "general-budget") for item in body.projects for _ in range(rng.randint(1, 2))]
    sources += [(body.fund, "government-fund")] * bool(body.fund) + [(body.state, "state-capital")] * bool(body.state)
    for (item, source), name in zip(sources, rng.sample(names, len(sources)), strict=True):
        total = _grained(wages * rng.randint(3, 30) // 100, grain)
        codes = sorted(rng.sample(sorted(PROJECT), rng.randint(1, 3)))
        sums = shares(total, [PROJECT[code] for code in codes], grain)
        parts += [Spend(item, code, "project", source, name, fen) for code, fen in zip(codes, sums, strict=True)]
    return parts


def _own(body: Body, wages: int, grain: int, rng: Random) -> list[Spend]:
    """What is paid out of money that is no appropriation."""
    parts: list[Spend] = []
    for source in body.own:
        total = _grained(wages * rng.randint(5, 40) // 100, grain)
        part = "operating" if source == "operating" else "public"
        sums = shares(total, list(OPERATING.values()), grain)
        parts += [Spend(body.main, code, part, source, "", fen) for code, fen in zip(OPERATING, sums, strict=True)]
    return parts


# --- from year to year ----------------------------------------------------------------------------------------------


def _scaled(spends: Sequence[Spend], low: float, high: float, grain: int, rng: Random) -> tuple[Spend, ...]:
    return tuple(replace(spend, fen=_grained(int(spend.fen * rng.uniform(low, high)), grain)) for spend in spends)


def _left(spends: Sequence[Spend], grain: int, rng: Random) -> dict[Pot, int]:
    """What some projects, and money of one's own, leave for the next year."""
    sums: dict[Pot, int] = {}
    for spend in spends:
        sums[spend.pot] = sums.get(spend.pot, 0) + spend.fen
    left: dict[Pot, int] = {}
    for pot, fen in sums.items():
        if (pot[2] or pot[1] not in APPROPRIATIONS) and rng.random() < 0.35:
            left[pot] = _grained(int(fen * rng.uniform(0.01, 0.12)), grain)
    return {pot: fen for pot, fen in left.items() if fen}


def _three_public(body: Body, grain: int, rng: Random) -> ThreePublic:
    size = max(body.size, 2)
    cars = rng.randint(0, 1 + size // 3)
    lines = {
        "overseas-travel": rng.choice([0] * 12 + [4_000_000]),
        "vehicle-purchase": rng.choice([0] * 8 + [18_000_000]) if cars else 0,
        "vehicle-running": cars * rng.randint(1_500_000, 3_000_000),
        "reception": size * rng.randint(100_000, 500_000),
    }
    return ThreePublic({key: _grained(fen, grain) for key, fen in lines.items()}, {})


def _lowered(three: ThreePublic, fund: bool, grain: int, rng: Random) -> ThreePublic:
    """The same or less, line by line: thrift."""
    lines = {key: _grained(int(fen * rng.uniform(0.7, 1.0)), grain) for key, fen in three.lines.items()}
    return ThreePublic(lines, {"vehicle-running": _grained(lines["vehicle-running"] // 5, grain)} if fund else {})


def _hold(spends: tuple[Spend, ...], three: ThreePublic) -> tuple[Spend, ...]:
    """Basic expenditure on a “三公” item is a part of that item: the rest is paid by projects."""
    limits = {code: three.lines[line] - three.fund.get(line, 0) for code, line in PART_OF_THREE.items()}
    held: list[Spend] = []
    for spend in spends:
        limit = limits.get(spend.economic) if spend.part == "public" and spend.source == "general-budget" else None
        held.append(spend if limit is None else replace(spend, fen=min(spend.fen, limit)))
    return tuple(spend for spend in held if spend.fen)


def _grained(fen: int, grain: int) -> int:
    return math.floor(fen / grain) * grain
