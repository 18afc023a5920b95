"""The pages before MkDocs sees them: what is on them, what is not, and that nothing in them does harm."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from etl.publish.figures import in_ten_thousand, in_words, in_yuan
from etl.publish.pages import assemble
from etl.publish.public import make_public
from etl.publish.views.departments import three_public_board
from etl.publish.views.duties import duties, spans
from etl.publish.views.fees import view_fees
from etl.publish.views.shelf import make_shelf
from tests.publish.hostile import ATTACK, make_hostile
from tests.publish.sample_publication import HIDDEN, make_publication


def pages_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".md", ".html")
    }


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("sample")
    assemble(make_publication(), build)
    return build / "docs"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("hostile")
    assemble(make_hostile(), build)
    return build / "docs"


# --- which pages there are -------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_pages(docs: Path) -> None:
    chinese, english = pages_of(docs / "zh"), pages_of(docs / "en")
    assert chinese.keys() == english.keys()
    assert {"index.md", "fees/index.md", "about.md", "departments/201.md", "coverage/2018.md"} <= chinese.keys()
    assert "departments/201/2018-budget/index.html" in chinese


def test_the_same_publication_gives_the_same_bytes(docs: Path, tmp_path: Path) -> None:
    assemble(make_publication(), tmp_path)
    assert pages_of(tmp_path / "docs") == pages_of(docs)


def test_assembling_leaves_nothing_of_before(tmp_path: Path) -> None:
    stale = tmp_path / "docs" / "zh" / "departments" / "999.md"
    stale.parent.mkdir(parents=True)
    stale.write_text("gone")
    assemble(make_publication(), tmp_path)
    assert not stale.exists()


# --- what must not be there ------------------------------------------------------------------------------------------


def test_a_body_that_may_not_be_named_is_in_no_byte(docs: Path) -> None:
    secret = (HIDDEN, "A body without a name", "116-secret", "departments/116")
    for path in docs.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in secret if word.encode() in content or word in path.as_posix()], path


def test_nothing_of_a_rejected_submission_is_there_but_its_count(docs: Path) -> None:
    pages = pages_of(docs)
    assert not [name for name, text in pages.items() if "208-bad" in text or "2023-budget" in name]
    assert "另有 1 份因有错误退回" in pages["zh/datasets/expenditure.md"]


# --- figures ---------------------------------------------------------------------------------------------------------


class _Figures(HTMLParser):
    """Every `<data>` with the link around it and the text in it.

    Without sums of several figures, and without what a figure was in an earlier release: neither is a fact.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._href, self._value = "", None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = dict(attrs)["href"] or ""
        if tag == "data" and dict(attrs).get("class") not in ("mz-sum", "mz-change"):
            self._value = dict(attrs)["value"]

    def handle_data(self, data: str) -> None:
        if self._value is not None:
            self.found.append((self._href, self._value, data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "data":
            self._value = None
        if tag == "a":
            self._href = ""


def address_of(name: str) -> str:
    """Where a file of the assembled folder comes to lie."""
    return name.removesuffix("index.html").removesuffix("index.md").removesuffix(".md")


def figures_on(text: str) -> Iterator[tuple[str, str, str]]:
    reader = _Figures()
    reader.feed(text)
    yield from reader.found


def test_every_figure_printed_is_a_fact_and_leads_to_its_cell(docs: Path) -> None:
    publication = make_publication()
    facts = {
        (f"{one.department_code}/{one.fiscal_year}-{one.document}/", one.table_id, one.source_cell): one.amount_yuan
        for one in publication.facts
    }
    sources = pages_of(docs / "zh")
    seen = 0
    for lang in ("zh", "en"):
        for name, text in pages_of(docs / lang).items():
            for href, value, shown in figures_on(text):
                way, _, anchor = href.partition("#")
                table, _, cell = anchor.rpartition("-")
                target = posixpath.normpath(posixpath.join(address_of(name), way))
                place = target.removeprefix("departments/") + "/"
                amount = facts[place, table, cell]
                assert Decimal(value) == amount, (name, href)
                assert shown in (in_ten_thousand(amount), in_yuan(amount), in_words(amount, lang)), (name, href)
                assert f"<td id={anchor}>" in sources[f"departments/{place}index.html"]
                seen += 1
    assert seen > 100


def test_every_fact_leads_to_its_cell_by_its_own_columns(docs: Path) -> None:
    """As the page for developers says it: whoever has a row of facts.csv has the address."""
    pages = pages_of(docs / "en")
    for one in make_publication().facts:
        own = "-unit" if one.scope == "unit" else ""
        page = pages[f"departments/{one.department_code}/{one.fiscal_year}-{one.document}{own}/index.html"]
        assert f"<td id={one.table_id}-{one.source_cell}>" in page


def test_the_page_of_a_body_leads_to_every_document_it_published(docs: Path) -> None:
    """Those that no duty asks for, too: lists of fees have none in the sample."""
    public = make_public(make_publication())
    for lang in ("zh", "en"):
        led = {
            posixpath.normpath(posixpath.join(f"departments/{code}", address)) + "/"
            for code in {one.place.department_code for one in public.standing}
            for address in markup((docs / lang / "departments" / f"{code}.md").read_text("utf-8")).addresses
        }
        assert {one.place.page for one in public.standing} <= led
        assert "departments/000/2025-fund-list/" in led


def test_the_source_page_shows_the_figure_as_printed_and_in_yuan(docs: Path) -> None:
    page = pages_of(docs / "zh")["departments/201/2018-budget/index.html"]
    assert "<td id=three-public-expenses-B5>16.4<b>164,000.00</b>" in page
    assert ">201-三公.xlsx</a> › 三公经费" in page
    assert "<dd>2018/富源县人民政府办公室/201-三公.xlsx<br>" in page


def test_a_line_that_prints_no_code_shows_its_name(docs: Path) -> None:
    page = pages_of(docs / "zh")["departments/208/2024-budget/index.html"]
    assert "<td>一般公共服务支出<td id=revenue-expenditure-summary-D5>1500.00" in page


def test_a_blank_a_zero_and_a_nil_look_different(docs: Path) -> None:
    pages = pages_of(docs / "zh")
    kinds = {}
    for body in ("201", "208"):
        page = pages[f"departments/{body}.md"]
        for name in ("因公出国（境）费", "公务用车购置费"):
            row = re.search(rf"{name}(?:</a>)?</th>(.*?)</tr>", page[page.index('id="three-public"') :])
            assert row is not None
            kinds[body, name] = re.findall(r"mz-nil|mz-blank|>0</data>", row.group(1))
    assert kinds == {
        ("201", "因公出国（境）费"): ["mz-blank", "mz-blank"],
        ("201", "公务用车购置费"): ["mz-blank", "mz-blank"],
        ("208", "因公出国（境）费"): ["mz-nil"],
        ("208", "公务用车购置费"): [">0</data>"],
    }


def test_every_table_of_figures_says_its_unit_and_its_source(docs: Path) -> None:
    for name, text in pages_of(docs / "zh").items():
        if name.startswith("departments/") and name.endswith(".md"):
            tables = text.count('class="mz-table mz-figures')
            assert tables == text.count("data-unit>单位：万元"), name
            assert tables == text.count('<p class="mz-source">来源：'), name


# --- hostile text ----------------------------------------------------------------------------------------------------


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def markup(text: str) -> _Markup:
    reader = _Markup()
    reader.feed(text)
    return reader


def test_hostile_text_adds_no_tag_and_no_attribute(hostile: Path) -> None:
    attacked = 0
    for name, text in pages_of(hostile).items():
        read = markup(text)
        assert not [tag for tag, _ in read.shape if tag in ("img", "iframe", "object", "style")], name
        assert all(not key.startswith("on") for _, keys in read.shape for key in keys), name
        assert not [one for one in read.addresses if one.lower().startswith(("javascript:", "data:"))], name
        assert "<script>" not in text, name
        assert not set("\x02\x03\u202e") & set(text), name
        assert "`49" not in text, name
        attacked += "alert(1)" in text
    assert attacked > 30


def test_front_matter_survives_hostile_titles(hostile: Path) -> None:
    text = pages_of(hostile / "zh")["departments/201.md"]
    matter = yaml.safe_load(text.split("---\n")[1])
    assert set(matter) == {"title", "description", "body"}
    assert "<" not in matter["title"]
    assert matter["title"].startswith("富源县人民政府办公室&lt;/title&gt;")


def test_hostile_codes_stay_inside_their_folder() -> None:
    from etl.publish.places import Place

    place = Place("../../x", 2018, "budget/..", "unit", 'a b.2"')
    assert place.page == "departments/_2e_2e_2f_2e_2e_2fx/2018-budget_2f_2e_2e-unit/"
    assert [place.anchor(number) for number in (1, 2)] == ["a_20b_2e2_22", "a_20b_2e2_22.2"]


def test_the_attack_is_a_real_one() -> None:
    assert len(markup(ATTACK).shape) >= 2


# --- what the views say ----------------------------------------------------------------------------------------------


def test_years_of_silence_are_told_once() -> None:
    made = duties(make_public(make_publication()).duties("201"))
    assert [(span.first, span.last, [duty.state for duty in span.duties]) for span in spans(made)] == [
        (2019, 2025, ["missing", "missing"]),
        (2018, 2018, ["partial", "missing"]),
    ]


def test_a_duty_counts_declared_nils_and_not_undeclared_ones() -> None:
    made = duties(make_public(make_publication()).duties("208"))
    told = {(duty.fiscal_year, duty.document): (duty.state, duty.done, duty.required) for duty in made}
    assert told[2024, "budget"] == ("complete", 9, 9)
    assert told[2024, "final-account"] == ("partial", 8, 9)
    assert told[2023, "budget"] == ("rejected", 0, 9)


def test_years_stand_side_by_side_each_with_its_latest_document() -> None:
    shelf = make_shelf(make_public(make_publication()))
    first, second = three_public_board(shelf, "201"), three_public_board(shelf, "208")
    assert [(one.year, one.document, one.of_last_year) for one in first.columns] == [
        (2017, "budget", True),
        (2018, "budget", False),
    ]
    assert [(one.year, one.document) for one in second.columns] == [(2024, "final-account")]
    assert {row.code: [cell.kind for cell in row.cells] for row in second.rows} == {
        "total": ["figure"],
        "overseas-travel": ["nil"],
        "vehicles": ["figure"],
        "vehicle-purchase": ["figure"],
        "vehicle-running": ["figure"],
        "reception": ["figure"],
        "budget": ["figure"],
    }


def test_a_fee_in_two_lists_is_one_fee() -> None:
    from dataclasses import replace

    from tests.publish.sample_publication import FEES, fee_list, make_spec, submission

    spec = make_spec()
    again = fee_list(FEES[2:4], "全国性及中央部门和单位涉企行政事业性收费目录清单")
    both = submission("000-both", "000", 2025, "fee-list", (fee_list(), again), "2025-11-03", spec)
    view = view_fees(make_public(replace(make_publication(), submissions=(both,))))
    assert [(fee.item, len(fee.sources), fee.enterprise) for fee in view.every] == [
        ("证照费", 1, "yes"),
        ("普通高中学费、住宿费", 1, ""),
        ("不动产登记费", 2, "yes"),
        ("污水处理费", 2, "yes"),
        ("水资源费", 1, "yes"),
    ]
    assert [fee.ended for fee in view.every] == [False, False, False, False, True]


def test_links_between_pages_are_relative(docs: Path) -> None:
    for name, text in pages_of(docs).items():
        for address in markup(text).addresses:
            assert not unquote(address).startswith("/"), (name, address)


# --- what people decided ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_dataset_shows_what_people_decided_about_its_tables(docs: Path, language: str) -> None:
    page = (docs / language / "datasets" / "revenue-expenditure-summary.md").read_text("utf-8")
    decisions = page.partition('id="decisions"')[2].partition("</section>")[0]
    for shown in ("B5", "2400.00", "2450.00", "笔误，县财政局来函更正", "财政局", "2024-04-02", "T-04", "上级批复如此"):
        assert shown in decisions
    assert 'id="decisions"' not in (docs / language / "datasets" / "revenue.md").read_text("utf-8")
    source = docs / language / "departments" / "208" / "2024-budget" / "index.html"
    assert "2400.00" in source.read_text("utf-8")
