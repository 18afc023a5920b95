"""The yearly report's part on budgets and fees. In: an Annual. Out: a Paper, or plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from etl.publish.papers.annual import Annual, Gap, shown
from etl.publish.papers.paper import Block, Code, Grid, Heading, Paper, Paragraph, numeral
from etl.spec.annual import Statistic
from etl.spec.model import Spec
from etl.wording import fill


def make_paper(annual: Annual, spec: Spec, lang: str) -> Paper:
    """The report: sentences, where each number comes from, what is lacking, statistics, and the queries."""
    says = {key: text[lang] for key, text in annual.declared.texts.items()}
    known = {"county": spec.jurisdiction.names[lang], "year": str(annual.year), "day": annual.made_on.isoformat()}
    sections: tuple[tuple[str, list[Block]], ...] = (
        ("sentences", [Paragraph(text) for text in annual.sentences(spec, lang).values()]),
        ("numbers", [Paragraph(fill(says["numbers_text"], known)), _numbers(annual, says, lang)]),
        ("gaps", list(_gaps(annual, says, lang))),
        ("statistics", list(_statistics(annual, says, lang))),
        ("not_derived", list(_not_derived(annual, says, spec, lang))),
        ("appendix", list(_queries(annual))),
    )
    blocks: list[Block] = []
    for number, (key, content) in enumerate(sections, start=1):
        head = f"{numeral(number)}、{says[key]}" if lang == "zh" else f"{number}. {says[key]}"
        blocks += [Heading(head), *content]
    return Paper(fill(says["title"], known), tuple(blocks), annual.made_on, mark=says["draft"], lang=lang)


def as_values(annual: Annual, spec: Spec, lang: str) -> Mapping[str, object]:
    """The same for other programs."""
    return {
        "year": annual.year,
        "made_on": annual.made_on.isoformat(),
        "sentences": annual.sentences(spec, lang),
        "numbers": {
            name: {
                "value": _plain(annual.values[name]),
                "name": {"zh": number.name.zh, "en": number.name.en},
                "query": number.query,
                "column": number.column,
                "where": dict(number.where),
            }
            for name, number in annual.declared.numbers.items()
        },
        "gaps": [
            {
                "department_code": gap.department_code,
                "department_name": gap.department_name,
                "item": gap.item,
                "fiscal_year": gap.fiscal_year,
                "document": gap.document,
                "state": gap.state,
            }
            for gap in annual.gaps
        ],
        "unmeasured": list(annual.unmeasured),
        "not_derived": [text[lang] for text in annual.declared.not_derived],
        "queries": dict(annual.queries),
    }


def _plain(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _numbers(annual: Annual, says: Mapping[str, str], lang: str) -> Grid:
    rows = tuple(
        (
            number.name[lang],
            shown(annual.values[name]) or says["blank"],
            " ".join((number.query, number.column, *(f"{column}={wanted}" for column, wanted in number.where.items()))),
        )
        for name, number in annual.declared.numbers.items()
    )
    return Grid((says["head_number"], says["head_value"], says["head_query"]), rows, (45, 15, 40), frozenset({1}))


def _gaps(annual: Annual, says: Mapping[str, str], lang: str) -> Iterator[Block]:
    """A line for each department with everything that it lacks."""
    if not annual.gaps:
        yield Paragraph(says["no_gaps"])
        return
    held: dict[tuple[str, str], list[Gap]] = {}
    for gap in annual.gaps:
        held.setdefault((gap.department_code, gap.department_name), []).append(gap)
    joint = "；" if lang == "zh" else "; "
    rows = tuple(
        (
            f"{name} {code}",
            joint.join(_item(gap, annual, says, lang) for gap in gaps),
            joint.join(dict.fromkeys(says[f"state_{gap.state}"] for gap in gaps)),
        )
        for (code, name), gaps in sorted(held.items())
    )
    yield Paragraph(says["gaps_text"])
    yield Grid((says["head_department"], says["head_item"], says["head_state"]), rows, (38, 40, 22))


def _item(gap: Gap, annual: Annual, says: Mapping[str, str], lang: str) -> str:
    name = next(item.name[lang] for item in annual.declared.items if item.key == gap.item)
    return fill(says["item_of_year"], {"item": name, "year": str(gap.fiscal_year)})


def _statistics(annual: Annual, says: Mapping[str, str], lang: str) -> Iterator[Block]:
    yield Paragraph(says["blank_cells"])
    for table in annual.declared.statistics:
        yield Heading(table.clause[lang], level=2)
        yield _statistic(table, annual, lang)
        yield Paragraph(table.note[lang], "note")


def _statistic(table: Statistic, annual: Annual, lang: str) -> Grid:
    rows = tuple(
        (name[lang], *(shown(annual.values[cell]) if cell else "" for cell in cells)) for name, cells in table.rows
    )
    columns = len(table.heads)
    return Grid(
        tuple(head[lang] for head in table.heads), rows, (40, *([20] * (columns - 1))), frozenset(range(1, columns))
    )


def _not_derived(annual: Annual, says: Mapping[str, str], spec: Spec, lang: str) -> Iterator[Block]:
    for item in annual.declared.items:
        if item.key in annual.unmeasured:
            known = {
                "item": item.name[lang],
                "year": str(annual.year + item.years_after),
                "first_year": str(spec.jurisdiction.first_year),
            }
            yield Paragraph(fill(says["unmeasured"], known))
    for name, number in annual.declared.numbers.items():
        if annual.values[name] is None and number.where.get("item") not in annual.unmeasured:
            yield Paragraph(fill(says["no_number"], {"number": number.name[lang]}))
    for text in annual.declared.not_derived:
        yield Paragraph(text[lang])


def _queries(annual: Annual) -> Iterator[Block]:
    for name, text in annual.queries.items():
        yield Heading(f"{name}.sql", level=2)
        yield Code(text.rstrip())
