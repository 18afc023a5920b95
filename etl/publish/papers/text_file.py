"""A Paper as plain text for Notepad: UTF-8 with a BOM, CRLF. In: a Paper. Out: bytes.

A row of a table is a numbered line that names its columns, since nothing lines up in a proportional font:

    （1）文件：2024年预算；尚缺的表：部门收入总体情况表；应公开日期：2024-03-21；已过天数：12
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.papers.paper import Block, Code, Grid, Heading, Paper, Paragraph
from etl.publish.words import clean

BOM = "\ufeff"
_INDENT = "　　"
_SIGNATURE = "　" * 20


def as_text(paper: Paper) -> bytes:
    """The whole paper."""
    lines = [*([f"【{paper.mark}】"] if paper.mark else []), f"{_INDENT * 2}{paper.title}", ""]
    for block in paper.blocks:
        lines += _lines(block, paper.lang)
    return (BOM + "\r\n".join(_plain(line) for line in lines) + "\r\n").encode()


def _lines(block: Block, lang: str) -> Iterator[str]:
    if isinstance(block, Heading):
        yield ""
        yield (_INDENT if lang == "zh" else "") + block.text
    elif isinstance(block, Paragraph):
        lead = {"body": _INDENT if lang == "zh" else "", "signature": _SIGNATURE}.get(block.style, "")
        yield lead + block.text
    elif isinstance(block, Grid):
        yield from _rows(block, lang)
    else:
        yield from _code(block)


def _rows(grid: Grid, lang: str) -> Iterator[str]:
    colon, stop, left, right = ("：", "；", "（", "）") if lang == "zh" else (": ", "; ", "(", ") ")
    for number, row in enumerate(grid.rows, start=1):
        said = stop.join(
            f"{head}{colon}{cell}" if head else cell for head, cell in zip(grid.heads, row, strict=True) if cell
        )
        yield f"{left}{number}{right}{said}"


def _code(code: Code) -> Iterator[str]:
    return (f"    {line}" for line in code.text.splitlines())


def _plain(line: str) -> str:
    return str(clean(line)).rstrip()
