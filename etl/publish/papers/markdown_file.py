"""A Paper as Markdown. In: a Paper. Out: text. Whatever would act in Markdown or HTML is made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.publish.papers.paper import Block, Grid, Heading, Paper, Paragraph
from etl.publish.words import clean

_ACTS = re.compile(r"([\\`*{}\[\]<>#|~]|(?<!\w)_|_(?!\w))")
_FENCE = "```"


def as_markdown(paper: Paper) -> str:
    """The whole paper."""
    mark = [f"**【{_safe(paper.mark)}】**", ""] if paper.mark else []
    lines = [*mark, f"# {_safe(paper.title)}", ""]
    for block in paper.blocks:
        lines += [*_lines(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_safe(block.text)}"
    elif isinstance(block, Paragraph):
        yield _safe(block.text)
    elif isinstance(block, Grid):
        yield from _grid(block)
    else:
        yield f"{_FENCE}sql"
        yield from block.text.splitlines()
        yield _FENCE


def _grid(grid: Grid) -> Iterator[str]:
    yield _row(grid.heads)
    yield "|" + "|".join(" ---: " if column in grid.figures else " --- " for column in range(len(grid.heads))) + "|"
    for row in grid.rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_safe(cell).replace("\n", " ") for cell in cells) + " |"


def _safe(text: str) -> str:
    return _ACTS.sub(r"\\\1", str(clean(text)))
