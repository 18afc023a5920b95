"""Whose county it is: `schemas/demo/county.yml` -> bodies with codes and years, and the declarations of `datasets/`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from etl.spec.register import DEPARTMENTS

GOVERNMENT = "000"
_FIRST_CODE = 101


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the fictional county."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    kind: str
    main: str
    """Functional item of its basic expenditure."""
    projects: tuple[str, ...]
    size: int
    institution: bool = False
    fund: str = ""
    state: str = ""
    own: tuple[str, ...] = ()
    exempt: str = ""
    exempt_reason: str = ""
    first_year: int = 0
    """0 where it was there before the first year."""
    last_year: int = 9999
    parent: str = ""
    successor_of: str = ""

    def existed(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year


def bodies(said: Mapping[str, Any], departments: int) -> tuple[Body, ...]:
    """As many departments as asked for, with codes from 101 on, and the units of those that have any."""
    chosen = list(said["bodies"][:departments])
    chosen += [town for town, _ in zip(_towns(said["towns"]), range(departments - len(chosen)), strict=False)]
    codes = {each["zh"]: str(_FIRST_CODE + place) for place, each in enumerate(chosen)}
    made = [_body(said, each, codes[each["zh"]], codes) for each in chosen]
    for unit in said["units"]:
        if unit["under"] in codes:
            parent = codes[unit["under"]]
            place = sum(1 for body in made if body.parent == parent) + 1
            made.append(_body(said, unit, f"{parent}{place:03d}", codes))
    return tuple(made)


def _towns(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Towns without end: 第一镇, 第一乡, 第一街道办事处, 第二镇 and so on."""
    kinds = list(zip(said["zh"], said["en"], strict=True))
    common = {key: said[key] for key in ("kind", "main", "projects", "size")}
    for round_no in range(1, 100):
        for (place, number), (zh, en) in product(enumerate(said["names"], start=1), kinds):
            again = "" if round_no == 1 else said["names"][round_no % len(said["names"])]
            yield {"zh": f"第{again}{number}{zh}", "en": f"No. {round_no}-{place} {en}", **common}


def _body(said: Mapping[str, Any], each: Mapping[str, Any], code: str, codes: Mapping[str, str]) -> Body:
    county, last = said["names"]["zh"], said["last_year"]
    short = county.removeprefix("虚构")
    return Body(
        code,
        f"{county}{each['zh'].removeprefix('县')}",
        f"{each['en']} of {said['names']['en']}",
        (f"{short}{each['zh'].removeprefix('县')}",),
        each["kind"],
        each["main"],
        tuple(each["projects"]),
        each["size"],
        each.get("institution", False),
        each.get("fund", ""),
        each.get("state", ""),
        tuple(each.get("own", ())),
        each.get("exempt", ""),
        each.get("exempt_reason", ""),
        last + each["since"] if "since" in each else 0,
        last + each["until"] if "until" in each else 9999,
        codes.get(each.get("under", ""), ""),
        codes.get(each.get("succeeds", ""), ""),
    )


def jurisdiction(said: Mapping[str, Any], first_year: int) -> str:
    """`jurisdiction.yml`. JSON is YAML."""
    whose = {
        "code": said["code"],
        "names": said["names"],
        "licence": {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "publisher": said["publisher"],
        "contact": said["contact"],
        "site_url": "",
        "first_year": first_year,
        "currency": "CNY",
        "working_days": {},
    }
    return json.dumps(whose, ensure_ascii=False, indent=2) + "\n"


def register(said: Mapping[str, Any], all_bodies: tuple[Body, ...]) -> Iterator[tuple[str, ...]]:
    """`departments.csv`: its head, the government itself, and the bodies."""
    yield DEPARTMENTS
    zh, en = said["names"]["zh"], said["names"]["en"]
    first = (GOVERNMENT, f"{zh}人民政府", f"Government of {en}", f"{zh}本级|{zh}", "government", "department")
    yield (*first, *("",) * 5, "yes", "", "fictional")
    for body in all_bodies:
        yield (
            body.code,
            body.zh,
            body.en,
            "|".join(body.aliases),
            body.kind,
            "unit" if body.parent else "department",
            body.parent,
            str(body.first_year or ""),
            "" if body.last_year == 9999 else str(body.last_year),
            body.exempt,
            body.exempt_reason,
            "no" if body.exempt == "yes" else "yes",
            body.successor_of,
            "fictional",
        )
