"""Addresses inside the site. In: what a page is about. Out: its path from the root of its language. Reads nothing.

departments/201/                                            a department
departments/201/2018-budget/three-public-expenses/#B4       a cell of a table it published
datasets/three-public-expenses/                             a dataset
coverage/2018/                                              a year of the coverage board
fees/school/#gong-ban-you-er-yuan-bao-jiao-fei        a fee, in its situation; fees/notices/gong-an/ a notice to print
rulebook/sums/#sum-mismatch                                 a finding code; rulebook/rules-t/#T-10 a rule
data/three-public-expenses/three-public-expenses.csv        a file; the same for both languages
data/departments/201/department-201.zip                     what one body has; data/years/2018/year-2018.zip one year
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LANGUAGES = ("zh", "en")
_UNSAFE = re.compile(r"[^0-9A-Za-z-]")


def segment(text: str) -> str:
    """A part of an address that can do no harm: letters, digits and hyphens stay, all else becomes its number.

    >>> segment("three-public-expenses"), segment("../x")
    ('three-public-expenses', '_2e_2e_2fx')
    """
    return _UNSAFE.sub(lambda match: f"_{ord(match.group()):x}", text)


def department_page(code: str) -> str:
    return f"departments/{segment(code)}/"


def dataset_page(table_id: str) -> str:
    return f"datasets/{segment(table_id)}/"


def coverage_page(year: int) -> str:
    return f"coverage/{year}/"


def fee_page(situation: str) -> str:
    return f"fees/{segment(situation)}/"


def fee_notice_page(collector: str) -> str:
    return f"fees/notices/{segment(collector)}/"


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

    >>> lead("departments/201/", "departments/201/2018-budget/x/#B4"), lead("departments/201/", "fees/")
    ('2018-budget/x/#B4', '../../fees/')
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
    """Which table of which document of whom: one page that shows where its figures come from."""

    department_code: str
    fiscal_year: int
    document: str
    scope: str
    table_id: str

    @property
    def path(self) -> str:
        scope = "" if self.scope == "department" else f"-{segment(self.scope)}"
        document = f"{self.fiscal_year}-{segment(self.document)}{scope}"
        return f"{department_page(self.department_code)}{document}/{segment(self.table_id)}/"
