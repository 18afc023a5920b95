from __future__ import annotations

import dataclasses
import json
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from etl.finding import Finding, Location, error, note, warning
from etl.publish.attempts import Attempts
from etl.publish.csv_files import finding_rows
from etl.publish.letters import DRAWN, make_letter
from etl.publish.publication import Publication
from etl.publish.review import FEW, write_review
from etl.publish.review_page import MARKED_COPY, submission_folder
from etl.publish.rule_matrix import make_rule_matrix
from etl.publish.worklist import make_worklist
from etl.table import Identity, Receipt, Submission
from tests.publish.builders import (
    FINDINGS,
    MISMATCH,
    OUTCOMES,
    SHEET,
    expenditure,
    fees,
    line,
    publication,
    spec,
    submission,
)

SECRET = "530325199001011234"
PERSONAL = error("personal-data", Location(SHEET, "B6", 6, 2), values={"label": "身份证号"})
LATE = warning("disclosure-late", department_code="102", fiscal_year=2024, document="budget")
HOSTILE = Submission(
    Receipt('<script>alert(1)</script>/"x.xlsx', "f" * 64, "2025-08-01", 1, Path("f")),
    Identity(department_name="<b>{{ 7*7 }}</b>"),
    "unrecognised",
)


def some() -> Publication:
    return publication(
        submission("a", findings=FINDINGS[:1], outcomes=OUTCOMES),
        submission("b", code="102", status="rejected", findings=FINDINGS, outcomes=OUTCOMES),
        submission(
            "c", status="withheld", findings=(PERSONAL,), tables=(expenditure((line(5, "205", SECRET, "1.00"),)),)
        ),
        submission("e", document="fee-list", tables=(fees(),)),
        submission("e", status="duplicate", document="fee-list", tables=()),
        HOSTILE,
        read_facts=(),
    )


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = tmp_path / "review"
    marked = submission_folder(folder, "b" * 16) / MARKED_COPY
    marked.parent.mkdir(parents=True)
    marked.write_bytes(b"workbook")
    write_review(some(), folder, others=[LATE], marked={"b" * 16})
    return folder


class Reader(HTMLParser):
    """What a page holds that tests speak of."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.findings: list[str] = []
        self.tags: list[str] = []
        self.classes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.classes += (known.get("class") or "").split()
        self.links += [known[key] or "" for key in ("href", "src") if key in known]
        if tag == "article":
            self.findings.append((known["id"] or "").removeprefix("f-"))


def read(page: Path) -> Reader:
    reader = Reader()
    reader.feed(page.read_text("utf-8"))
    return reader


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_submission_has_one_page(review: Path) -> None:
    assert [page.relative_to(review).as_posix() for page in pages(review)] == [
        *("codes.html", "expectations/index.html", "index.html", "rulebook.html", "rules.html"),
        *(f"submissions/{digit * 16}/index.html" for digit in "abcef"),
    ]
    assert {path.name for path in review.iterdir() if path.is_file()} == {
        *("index.html", "rules.html", "codes.html", "rulebook.html", "review.css"),
        *("submissions.csv", "findings.csv", "findings.json", "rules.csv", "facts.csv"),
        *("owed.csv", "approvals-to-enter.csv"),
    }


def test_every_link_leads_to_a_file_and_none_to_another_host(review: Path) -> None:
    for page in pages(review):
        for link in read(page).links:
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page.name, link)
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), (page.name, link)


def test_a_page_shows_its_findings_in_the_order_of_mending(review: Path) -> None:
    rows = [row for row in finding_rows(some()) if row["submission_id"] == "b" * 16]
    assert read(review / "submissions" / ("b" * 16) / "index.html").findings == [row["fingerprint"] for row in rows]
    assert read(review / "index.html").findings == [LATE.fingerprint("")]


def test_the_marked_copy_is_offered_where_there_is_one(review: Path) -> None:
    offered = [page.parent.name for page in pages(review) if MARKED_COPY in read(page).links]
    assert offered == ["b" * 16]


def test_what_is_withheld_is_not_drawn(review: Path) -> None:
    assert "cells" in read(review / "submissions" / ("b" * 16) / "index.html").classes
    assert "cells" not in read(review / "submissions" / ("c" * 16) / "index.html").classes
    for path in review.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path


def test_names_are_text_and_never_code(review: Path) -> None:
    for page in pages(review):
        found = read(page)
        assert "script" not in found.tags
        assert "<b>{{" not in page.read_text("utf-8")
    assert "{{ 7*7 }}" in (review / "submissions" / ("f" * 16) / "index.html").read_text("utf-8")


def test_validation_results_are_json(review: Path) -> None:
    value = json.loads((review / "expectations" / "validation.json").read_text("utf-8"))
    assert (value["success"], value["evaluated"], value["unsuccessful"]) == (False, 2, 1)
    assert [(result["column"], result["success"]) for result in value["results"]] == [
        ("amount_yuan", True),
        ("fiscal_year", False),
    ]


def test_the_same_publication_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_review(some(), tmp_path / name, others=[LATE])
    one, two = tmp_path / "one", tmp_path / "two"
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    for path in files:
        assert (one / path).read_bytes() == (two / path).read_bytes(), path


def test_a_publication_without_anything_still_has_its_pages(tmp_path: Path) -> None:
    nothing = dataclasses.replace(publication(), submissions=(), facts=(), read_facts=(), coverage=(), expectations=())
    write_review(nothing, tmp_path)
    assert len(pages(tmp_path)) == 5


def test_when_there_are_many_findings_the_letter_says_how_many_are_not_drawn() -> None:
    many: tuple[Finding, ...] = (MISMATCH,) * (DRAWN + 7)
    letter = make_letter(submission(findings=many), (), (), spec(), has_copy=False)
    assert (len(letter.remarks), letter.not_drawn) == (DRAWN + 7, 7)
    assert sum(remark.around is not None for remark in letter.remarks) == DRAWN


def test_rules_say_why_they_could_not_run() -> None:
    letter = make_letter(submission(outcomes=OUTCOMES), (), (), spec(), has_copy=False)
    assert [
        (rule.outcome.rule, rule.outcome.kind, bool(rule.reason.zh), bool(rule.about.zh)) for rule in letter.rules
    ] == [
        ("T-10", "failed", False, True),
        ("T-07", "could-not-run", True, True),
    ]


def test_the_matrix_shows_the_gravest_outcome() -> None:
    outcomes = (
        dataclasses.replace(OUTCOMES[0], kind="passed"),
        *OUTCOMES,
        dataclasses.replace(OUTCOMES[0], rule="X-01"),
    )
    matrix = make_rule_matrix(publication(submission("a", outcomes=outcomes), submission("b")))
    assert [submission_id for submission_id, _ in matrix.submissions] == ["a" * 16]
    assert [(row.rule, dict(row.counts), row.cells) for row in matrix.rows] == [
        ("T-10", {"passed": 1, "failed": 1}, ("failed",)),
        ("T-07", {"could-not-run": 1}, ("could-not-run",)),
        ("X-01", {"failed": 1}, ("failed",)),
    ]


# --- the receipt and the weight -------------------------------------------------------------------------------------


def sent(key: str, day: str, status: str = "rejected", **rest: object) -> Submission:
    one = submission(key, status=status, **rest)  # type: ignore[arg-type]
    return dataclasses.replace(one, receipt=dataclasses.replace(one.receipt, received_on=day))


def test_the_receipt_counts_the_attempts_at_the_same_tables() -> None:
    first, third = sent("a", "2025-08-01"), sent("d", "2025-09-02", "accepted")
    second = sent("b", "2025-08-20", "accepted")
    others = (
        sent("c", "2025-08-02", code="102"),
        sent("e", "2025-08-03", "duplicate"),
        sent("f", "2025-08-04", tables=(fees(),)),
    )
    attempts = Attempts((third, second, first, *others))
    assert [one.submission_id[0] for one in attempts.before(third)] == ["a", "b"]
    assert attempts.before(first) == ()
    assert make_letter(third, [third], [], spec(), has_copy=False, attempts=attempts).attempt == 3


def test_what_is_of_nobody_has_no_attempts() -> None:
    assert Attempts((HOSTILE, sent("a", "2025-01-01"))).before(HOSTILE) == ()


def test_a_refused_file_is_answered_once_later_ones_hold_all_of_it() -> None:
    refused = sent("a", "2025-08-01", tables=(expenditure(), fees()))
    half, rest = sent("b", "2025-08-02", "accepted", tables=(expenditure(),)), sent("c", "2025-08-03", "superseded")
    rest = dataclasses.replace(rest, tables=(fees(),))
    assert not Attempts((refused, half)).is_answered(refused)
    assert Attempts((refused, half, rest)).is_answered(refused)
    before = (sent("d", "2025-07-01", "accepted", tables=(expenditure(), fees())), refused)
    assert not Attempts(before).is_answered(refused)
    assert not Attempts((sent("e", "2025-09-01", "accepted", code="102"), refused)).is_answered(refused)


def test_a_refused_file_names_what_stands_in_its_place(tmp_path: Path) -> None:
    earlier = sent("a", "2025-08-01", "accepted")
    other, refused = sent("b", "2025-08-02", "accepted", tables=(fees(),)), sent("c", "2025-08-03", findings=FINDINGS)
    attempts = Attempts((refused, other, earlier))
    assert [one.submission_id[0] for one in attempts.standing(refused)] == ["a"]
    assert attempts.standing(earlier) == ()
    write_review(publication(earlier, other, refused), tmp_path)
    links = read(tmp_path / "submissions" / ("c" * 16) / "index.html").links
    assert f"../{'a' * 16}/index.html" in links
    assert f"../{'b' * 16}/index.html" not in links


def test_what_somebody_took_back_is_told_as_that(tmp_path: Path) -> None:
    """By whom, when and why; nothing is asked of anybody, and privacy is not spoken of."""
    told = {"by": "预算股", "on": "2025-08-05", "text": "多报一个项目"}
    taken = sent("a", "2025-08-01", "withheld", findings=(note("submission-withdrawn", values=told),))
    write_review(publication(taken), tmp_path)
    folder = tmp_path / "submissions" / taken.submission_id
    says = spec().letters.receipt
    for text in ((folder / "index.html").read_text("utf-8"), (folder / "receipt.txt").read_text("utf-8-sig")):
        for said in (spec().findings["submission-withdrawn"].title.zh, *told.values()):
            assert said in text
        for said in (spec().statuses["withheld"].zh, says["next_withheld"].zh):
            assert said not in text
    assert says["next_withdrawn"].zh in (folder / "receipt.txt").read_text("utf-8-sig")
    (item,) = make_worklist(publication(taken)).items
    assert item.is_settled


def test_one_table_taken_back_leaves_the_file_as_it_is() -> None:
    finding = note("submission-withdrawn", table_id="expenditure", values={"by": "预算股"})
    one = sent("a", "2025-08-01", "accepted", findings=(finding,))
    letter = make_letter(one, [one], [], spec(), has_copy=False)
    assert (letter.state, letter.withdrawals) == ("accepted", ())


def test_what_left_the_inbox_says_so_and_asks_for_a_decision(tmp_path: Path) -> None:
    left = sent("a", "2025-08-01", "accepted", findings=(warning("submission-left", values={"code": "a" * 16}),))
    write_review(publication(left), tmp_path)
    folder = tmp_path / "submissions" / left.submission_id
    assert spec().letters.receipt["next_left"].zh in (folder / "receipt.txt").read_text("utf-8-sig")
    (item,) = make_worklist(publication(left)).items
    assert not item.is_settled


@pytest.mark.parametrize(("count", "cards"), [(FEW, FEW), (FEW + 1, 0)])
def test_many_findings_of_no_file_are_a_list_to_open_and_none_is_left_out(
    tmp_path: Path, count: int, cards: int
) -> None:
    others = [dataclasses.replace(LATE, fiscal_year=2000 + number) for number in range(count)]
    write_review(publication(), tmp_path, others=others)
    text = (tmp_path / "index.html").read_text("utf-8")
    assert text.count('<article class="finding"') == cards
    assert all(f'id="f-{one.fingerprint("")}"' in text for one in others)


def test_a_thousand_findings_make_a_page_that_opens_at_once(tmp_path: Path) -> None:
    many = tuple(dataclasses.replace(MISMATCH, actual=str(number)) for number in range(1000))
    one = submission("b", status="rejected", findings=many)
    began = time.monotonic()
    write_review(publication(one), tmp_path)
    assert time.monotonic() - began < 5  # under one second on a machine at rest
    page = tmp_path / "submissions" / ("b" * 16) / "index.html"
    assert len(read(page).findings) == 1000
    assert page.stat().st_size < 1_500_000
