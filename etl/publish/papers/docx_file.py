"""A Paper as .docx, set as offices of government set their letters. The one door to python-docx.

In: a Paper. Out: bytes, the same for the same Paper: properties carry the day of the paper, entries of the zip none.
Page, margins, type and spacing follow GB/T 9704—2012: title 二号 (22 pt) centred, body 仿宋 三号 (16 pt), indented by
two characters, 28 pt from line to line. A letter that no office has signed carries neither number nor seal.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from functools import cache
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from etl.publish.papers.paper import Block, Code, Grid, Heading, Paper, Paragraph
from etl.publish.words import clean

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can name."""
_TITLE, _HEAD, _BODY, _LATIN, _MONO = "黑体", "黑体", "仿宋", "Times New Roman", "Consolas"
_MARGINS = {"top_margin": 3.7, "bottom_margin": 3.5, "left_margin": 2.8, "right_margin": 2.6}
"""Centimetres."""
_WIDTH = 21.0 - 2.8 - 2.6
_SIZES = {"body": 16.0, "flush": 16.0, "signature": 16.0, "note": 12.0}


def as_docx(paper: Paper) -> bytes:
    """The whole paper."""
    document = docx.Document(io.BytesIO(_blank()))
    _describe(document, paper)
    if paper.mark:
        _write(_paragraph(document, line=30), f"【{paper.mark}】", face=_HEAD, size=16)
    title = _paragraph(document, line=34, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.space_after = Pt(18)
    _write(title, paper.title, face=_TITLE, size=22)
    for block in paper.blocks:
        _add(document, block, paper.lang)
    written = io.BytesIO()
    document.save(written)
    return _settled(written.getvalue())


@cache
def _blank() -> bytes:
    """An empty page with margins and a page number, made once: the template is slow to open and to set up."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for name, centimetres in _MARGINS.items():
        setattr(section, name, Cm(centimetres))
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(16)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    _number_pages(section.footer.paragraphs[0])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("text", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run(text if kind == "text" else "")
        run.font.size = Pt(14)
        if kind == "instr":
            field = OxmlElement("w:instrText")
            field.text = text
            run._r.append(field)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _describe(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    day = datetime.combine(paper.made_on, time.min)
    properties.title, properties.author, properties.comments = str(clean(paper.title))[:255], "", ""
    properties.last_modified_by, properties.language = "", "zh-CN" if paper.lang == "zh" else "en"
    properties.created, properties.modified, properties.revision = day, day, 1


def _add(document: Any, block: Block, lang: str) -> None:
    if isinstance(block, Heading):
        paragraph = _paragraph(document, line=28, indent=lang == "zh" and block.level == 1)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        _write(paragraph, block.text, face=_HEAD, size=16 if block.level == 1 else 14)
    elif isinstance(block, Paragraph):
        _add_paragraph(document, block, lang)
    elif isinstance(block, Grid):
        _add_grid(document, block)
    else:
        _add_code(document, block)


def _add_paragraph(document: Any, block: Paragraph, lang: str) -> None:
    size = _SIZES[block.style]
    paragraph = _paragraph(document, line=size * 1.75, indent=block.style == "body" and lang == "zh")
    if block.style == "signature":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(paragraph, "rightChars", 400)
        paragraph.paragraph_format.keep_together = True
    _write(paragraph, block.text, size=size)


def _add_grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Cm(_WIDTH * each / sum(grid.widths)) for each in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # what other programs go by; Word goes by the cells
    for row, texts in zip(table.rows, (grid.heads, *grid.rows), strict=True):
        is_head = texts is grid.heads
        _keep_row(row, is_head=is_head)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            _space(paragraph, 18)
            if is_head:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif place in grid.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, text, face=_HEAD if is_head else _BODY, size=12)
    _space(document.add_paragraph(), 8)


def _keep_row(row: Any, *, is_head: bool) -> None:
    """A row is not torn between pages; heads stand again on the next."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _add_code(document: Any, block: Code) -> None:
    for line in block.text.splitlines():
        paragraph = document.add_paragraph()
        _space(paragraph, 11)
        _write(paragraph, line, face=_MONO, size=8, latin=_MONO)


def _paragraph(document: Any, *, line: float, indent: bool = False, align: WD_ALIGN_PARAGRAPH | None = None) -> Any:
    paragraph = document.add_paragraph()
    _space(paragraph, line)
    paragraph.alignment = align
    if indent:
        _indent(paragraph, "firstLineChars", 200)
    return paragraph


def _space(paragraph: Any, line: float) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)


def _indent(paragraph: Any, name: str, hundredths: int) -> None:
    """By characters, as Word does it for Chinese, and in twentieths of a point for other programs."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{name}"), str(hundredths))
    indent.set(qn(f"w:{name.removesuffix('Chars')}"), str(hundredths * 16 * 20 // 100))


def _write(paragraph: Any, text: str, *, size: float, face: str = _BODY, latin: str = _LATIN) -> None:
    run = paragraph.add_run(str(clean(text)))
    run.font.size, run.font.name = Pt(size), latin
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _settled(content: bytes) -> bytes:
    """The same file with no time of day in its zip."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(settled, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return settled.getvalue()
