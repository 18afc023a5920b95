"""`review/`: what the finance bureau works with, and nobody else sees.

Takes a Publication and an empty folder; writes plain HTML that needs neither a server nor JavaScript, and the tables of
the contract, section 6. It may name what was rejected and why; what is withheld is named by its cells only.

    review/
      index.html                            what came in, what to do next, what is owed
      submissions/<submission_id>/          a letter to the clerk, and receipt.txt; others lay the marked copy beside it
      rules.html                            what was checked, and what could not be
      codes.html rulebook.html              what every finding and every rule means, wrong and right
      expectations/index.html               plausibility of everything published
      notices/                              to every body that owes something; circular.*, the draft for the county
      calendars/                            deadlines, one .ics a body and one for all
      owed.csv approvals-to-enter.csv       everything owed; what the register lacks
      submissions.csv findings.csv findings.json rules.csv facts.csv expectations/validation.json
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from etl.answer import ExpectationResult
from etl.finding import Finding
from etl.publish.abreast import Abreast, one_by_one
from etl.publish.csv_files import write_facts, write_findings, write_rules, write_submissions
from etl.publish.letter_files import letter_files
from etl.publish.letters import remark_of
from etl.publish.papers.write import paper_files
from etl.publish.publication import Publication
from etl.publish.review_page import TEMPLATES, environment_of, write_page
from etl.publish.rule_matrix import make_rule_matrix
from etl.publish.views.rulebook import RuleBookView
from etl.publish.worklist import make_worklist
from etl.wording import in_reading_order

STYLE = "review.css"

FEW = 12
"""Findings of one code that belong to no file and are shown one by one; of more a list can be opened."""

Page = tuple[str, Mapping[str, Any]]
"""A template and its values."""


def write_review(
    publication: Publication,
    folder: Path,
    *,
    others: Sequence[Finding] = (),
    marked: Collection[str] = frozenset(),
    abreast: Abreast = one_by_one,
) -> None:
    """Write the review site; `abreast` may write several files at once.

    `others` are findings that belong to no submission; `marked` the ids of submissions whose marked copy is there.
    """
    environment = environment_of(publication.spec, publication.built_on)
    abreast(
        [
            partial(_write_facts, publication, folder),
            partial(_write_tables, publication, folder, others),
            partial(_write_pages, environment, _pages(publication, others), folder),
            *paper_files(publication, folder),
            *letter_files(publication, marked, folder),
        ]
    )
    shutil.copyfile(TEMPLATES / STYLE, folder / STYLE)


def _write_pages(environment: jinja2.Environment, pages: Mapping[str, Page], folder: Path) -> None:
    for path, (template, values) in pages.items():
        write_page(environment, template, values, folder / path, up="../" * path.count("/"))


def _write_facts(publication: Publication, folder: Path) -> None:
    write_facts(publication.read_facts, folder / "facts.csv")


def _write_tables(publication: Publication, folder: Path, others: Sequence[Finding]) -> None:
    write_submissions(publication.submissions, folder / "submissions.csv")
    write_findings(publication, folder, others)
    write_rules(publication.submissions, folder / "rules.csv")
    write_validation(publication.expectations, folder / "expectations" / "validation.json")


def write_validation(results: Sequence[ExpectationResult], path: Path) -> None:
    """Write what became of every expectation, as JSON."""
    value = {
        "success": all(result.success for result in results),
        "evaluated": len(results),
        "unsuccessful": sum(not result.success for result in results),
        "results": [_result(result) for result in results],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _result(result: ExpectationResult) -> dict[str, Any]:
    return {
        "suite": result.suite,
        "expectation": result.expectation,
        "column": result.column,
        "success": result.success,
        "observed": result.observed,
        "unexpected": result.unexpected,
        "reason": {"zh": result.reason_zh, "en": result.reason_en},
    }


def _pages(publication: Publication, others: Sequence[Finding]) -> dict[str, Page]:
    spec = publication.spec
    remarks = [remark_of(finding, "", spec) for finding in in_reading_order(others, (), spec)]
    return {
        "index.html": ("index.html", {"list": make_worklist(publication), "remarks": remarks, "few": FEW}),
        "rules.html": ("rules.html", {"matrix": make_rule_matrix(publication)}),
        "codes.html": ("codes.html", {"book": RuleBookView(spec)}),
        "rulebook.html": ("rulebook.html", {"book": RuleBookView(spec)}),
        "expectations/index.html": ("expectations.html", {"results": publication.expectations}),
    }
