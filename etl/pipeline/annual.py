"""The yearly report on disclosure: its sentences on budgets and fees. In: a Stock and a year. Out: an Annual."""

from __future__ import annotations

from pathlib import Path

from etl.pipeline.clock import day_of_build
from etl.pipeline.stock import Stock, Work
from etl.publish.papers.annual import Annual, make_annual
from etl.publish.papers.annual_paper import as_values, make_paper
from etl.publish.papers.markdown_file import as_markdown
from etl.spec.model import Spec

__all__ = ["Annual", "as_text", "as_values", "report_of", "write_report"]


def report_of(stock: Stock, spec: Spec, work: Work, year: int) -> Annual:
    """Ask what the report of a year needs of everything that stands."""
    from etl.pipeline.build import measured

    with measured(stock, spec, work) as found:
        return make_annual(found.warehouse, spec, year, day_of_build(stock.receipts))


def as_text(annual: Annual, spec: Spec, lang: str) -> str:
    """The report as Markdown."""
    return as_markdown(make_paper(annual, spec, lang))


def write_report(annual: Annual, spec: Spec, lang: str, folder: Path) -> tuple[Path, Path]:
    """Write the report as Markdown and as .docx into a folder."""
    from etl.publish.papers.docx_file import as_docx

    paper = make_paper(annual, spec, lang)
    text, office = folder / f"annual-report-{annual.year}.md", folder / f"annual-report-{annual.year}.docx"
    folder.mkdir(parents=True, exist_ok=True)
    text.write_text(as_markdown(paper), "utf-8")
    office.write_bytes(as_docx(paper))
    return text, office
