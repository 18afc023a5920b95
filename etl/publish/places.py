"""Addresses inside the site. In: what a page is about. Out: its path from the root of its language. Reads nothing.

departments/201/                                            a department
departments/201/2018-budget/                                a document it published: where its figures come from
departments/201/2018-budget/#three-public-expenses-B4       a cell of a table in it; of a second such table `.2-B4`
departments/201/spending/                                   what it spends, to the last item
datasets/three-public-expenses/                             a dataset
years/2018/  years/2018/departments/                        a year; all its departments
functions/205/  functions/205/2018/                         a class of spending; the same in one year
projects/2018/                                              projects of a year
charts/years-2018-functions.svg                             the picture of a chart
coverage/2018/                                              a year of the coverage board
coverage/2018/numbers/   coverage/2018/dates/               its numbers; documents with two days of publication
coverage/how/#rates                                         how a number is made
coverage/how/queries/#rates                                 the query behind it
fees/school/#gong-ban-you-er-yuan-bao-jiao-fei        a fee, in its situation; fees/notices/gong-an/ a notice to print
rulebook/sums/#sum-mismatch                                 a finding code; rulebook/rules-t/#T-10 a rule
data/three-public-expenses/three-public-expenses.csv        a file; the same for both languages
data/departments/201/department-201.zip                     what one body has; data/years/2018/year-2018.zip one year
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LANGUAGES = ("zh", "en")
COVERAGE_TREND = "coverage/trend/"
COVERAGE_SQL = "coverage/how/queries/"
_UNSAFE = re.compile(r"[^0-9A-Za-z-]")
_DOCUMENT = re.compile(r"(?:en/)?departments/[^/]+/\d+-[^/]+/(?:index\.html)?")


def segment(text: str) -> str:
    """A part of an address that can do no harm: letters, digits and hyphens stay, all else becomes its number.

    >>> segment("three-public-expenses"), segment("../x")
    ('three-public-expenses', '_2e_2e_2fx')
    """
    return _UNSAFE.sub(lambda match: f"_{ord(match.group()):x}", text)


def department_page(code: str) -> str:
    return f"departments/{segment(code)}/"


def is_document(path: str) -> bool:
    """Whether a page, or its file, is that of a document: from the root of its language or of the site.

    >>> is_document("departments/201/2018-budget/"), is_document("en/departments/201/2018-budget/index.html")
    (True, True)
    >>> is_document("departments/201/spending/"), is_document("functions/205/2018/")
    (False, False)
    """
    return _DOCUMENT.fullmatch(path) is not None


def spending_page(code: str) -> str:
    """What a body spends, down to the last item."""
    return f"{department_page(code)}spending/"


def year_page(year: int) -> str:
    return f"years/{year}/"


def ranking_page(year: int) -> str:
    """Every department of a year by what it spends."""
    return f"{year_page(year)}departments/"


def function_page(code: str) -> str:
    return f"functions/{segment(code)}/"


def function_year_page(code: str, year: int) -> str:
    """Who spends on a class in one year, and on what within it."""
    return f"{function_page(code)}{year}/"


def projects_page(year: int) -> str:
    return f"projects/{year}/"


def release_page(number: int) -> str:
    """What one release brought and changed."""
    return f"changes/{number}/"


def chart_file(page: str, key: str) -> str:
    """The picture of a chart of a page, for both languages under the root of each.

    >>> chart_file("departments/201/", "by-year")
    'charts/departments-201-by-year.svg'
    """
    return f"charts/{page.strip('/').replace('/', '-')}-{key}.svg"


def dataset_page(table_id: str) -> str:
    return f"datasets/{segment(table_id)}/"


def coverage_page(year: int) -> str:
    return f"coverage/{year}/"


def fee_page(situation: str) -> str:
    return f"fees/{segment(situation)}/"


def fee_notice_page(collector: str) -> str:
    return f"fees/notices/{segment(collector)}/"


def coverage_numbers_page(year: int) -> str:
    return f"coverage/{year}/numbers/"


def coverage_dates_page(year: int) -> str:
    return f"coverage/{year}/dates/"


def coverage_query(query: str = "") -> str:
    """Where it is said how a number is made."""
    return f"coverage/how/#{query}" if query else "coverage/how/"


def coverage_sql(query: str = "") -> str:
    """Where the query behind a number is printed."""
    return f"{COVERAGE_SQL}#{query}" if query else COVERAGE_SQL


def rulebook_page(chapter: str) -> str:
    return f"rulebook/{segment(chapter)}/"


def glossary_anchor(term: str) -> str:
    return f"glossary/#{segment(term)}"


def dataset_file(table_id: str, suffix: str) -> str:
    """A download of a dataset: contract, section 4."""
    return f"{segment(table_id)}/{segment(table_id)}.{suffix}"


def department_file(code: str, suffix: str) -> str:
    """A download of what one body has."""
    name = segment(code).lower()
    return f"departments/{name}/department-{name}.{suffix}"


def year_file(year: int, suffix: str) -> str:
    """A download of what one year has."""
    return f"years/{year}/year-{year}.{suffix}"


def climb(path: str, lang: str = "") -> str:
    """What leads from a page to the root of its language, or with `lang` to the root of the site.

    >>> climb("departments/201/"), climb(""), climb("fees/", "en")
    ('../../', './', '../../')
    """
    steps = path.count("/") + (1 if lang == "en" else 0)
    return "../" * steps or "./"


def lead(page: str, target: str) -> str:
    """The shortest relative way from one page to another of the same language, or to a cell on it.

    >>> lead("departments/201/", "departments/201/2018-budget/#x-B4"), lead("departments/201/", "fees/")
    ('2018-budget/#x-B4', '../../fees/')
    >>> lead("fees/", "fees/"), lead("fees/", ""), lead("", "")
    ('./', '../', './')
    """
    here = page.split("/")[:-1]
    path, hash_sign, anchor = target.partition("#")
    *there, last = path.split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    way = "/".join([*steps, last])
    return f"{way or './'}{hash_sign}{anchor}"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which table of which document of whom. A page shows all tables of a document: where their figures come from."""

    department_code: str
    fiscal_year: int
    document: str
    scope: str
    table_id: str

    @property
    def page(self) -> str:
        scope = "" if self.scope == "department" else f"-{segment(self.scope)}"
        return f"{department_page(self.department_code)}{self.fiscal_year}-{segment(self.document)}{scope}/"

    def anchor(self, number: int) -> str:
        """Its table on that page; `number` is 2 for the second of its kind.

        No segment has a full stop, and no table a capital letter, with which a cell begins: none is taken for another.
        """
        return segment(self.table_id) if number == 1 else f"{segment(self.table_id)}.{number}"
