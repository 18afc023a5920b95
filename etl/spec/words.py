"""The files that say how things are called: measures, findings, named lines, recognition -> their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from etl.labels import fold, fold_label, fold_name
from etl.spec.bilingual import Bilingual
from etl.spec.files import Source
from etl.spec.model import FindingSpec, LineName, Lines, Wording
from etl.spec.recognition import Recognition

CLASSES = "classes"
"""In sets and groups of lines: the functional classes by name."""
PRINTED = "printed"
"""As a code list, codes of no classification; as a set of lines, whatever name stands there."""
_NAMES = "-names"


def list_of_names(name: str) -> str:
    """The code list that `functional-names` and the like speak of; empty for other names."""
    return name.removesuffix(_NAMES) if name.endswith(_NAMES) else ""


def bilingual(said: Mapping[str, Any]) -> Bilingual:
    """A text in both languages from its mapping."""
    return Bilingual(said["zh"], said["en"])


def names(said: Mapping[str, Mapping[str, Any]]) -> dict[str, Bilingual]:
    """Names by slug."""
    return {slug: bilingual(each) for slug, each in said.items()}


def findings(source: Source) -> dict[str, FindingSpec]:
    """Every code of `findings.yml`."""
    made = {}
    for code, said in source.data["findings"].items():
        if said["about"] not in source.data["abouts"]:
            source.wrong(("findings", code, "about"), "abouts 里没有这一组", "there is no such group in abouts")
        wordings = {
            situation: Wording(Bilingual(each["zh"], each["en"]), Bilingual(each["mend_zh"], each["mend_en"]))
            for situation, each in said["wordings"].items()
        }
        severities = tuple(said.get("severities", ()))
        made[code] = FindingSpec(code, said["about"], bilingual(said["title"]), wordings, said["authority"], severities)
    return made


# --- lines ------------------------------------------------------------------------------------------------------


def lines(source: Source) -> Lines:
    """Named lines and groups of lines of `lines.yml`."""
    sets = {
        key: tuple(
            LineName(
                each["code"],
                bilingual(each),
                _unique(map(fold_name, each["labels"])),
                each.get("under", ""),
                each.get("heading", False),
            )
            for each in known
        )
        for key, known in source.data["sets"].items()
    }
    _check_sets(source, sets)
    groups = {key: tuple(map(_freeze, items)) for key, items in source.data["groups"].items()}
    known = {line.code for each in sets.values() for line in each} | set(groups) | {CLASSES}
    for key, items in groups.items():
        for index, item in enumerate(items):
            for name in _leaves(item):
                if name not in known:
                    source.wrong(("groups", key, index), f"没有“{name}”这一行或组", f'no line or group "{name}"')
    return Lines(sets, groups)


def _check_sets(source: Source, sets: Mapping[str, tuple[LineName, ...]]) -> None:
    for key, known in sets.items():
        codes = {line.code for line in known}
        seen: dict[tuple[str, str], str] = {}
        for index, line in enumerate(known):
            if line.under and line.under not in codes:
                source.wrong(("sets", key, index, "under"), "本组没有上级这一行", "the line above is not in this set")
            for label in line.labels:
                other = seen.setdefault((line.under, label), line.code)
                if other != line.code:
                    zh, en = f"“{label}”也是“{other}”的名称", f'"{label}" also names "{other}"'
                    source.wrong(("sets", key, index, "labels"), zh, en)


def _freeze(item: Any) -> Any:
    return tuple(map(_freeze, item)) if isinstance(item, list) else item


def _leaves(item: Any) -> Iterable[str]:
    return (leaf for each in item for leaf in _leaves(each)) if isinstance(item, tuple) else (item,)


# --- recognition ------------------------------------------------------------------------------------------------


def recognition(source: Source) -> Recognition:
    """The words of `recognition.yml`."""
    said = source.data
    for key in ("unit_patterns", "department_patterns"):
        for index, pattern in enumerate(said[key]):
            if re.compile(pattern).groups != 1:
                zh, en = "要有且只有一个捕获组 ( )", "must have exactly one capturing group ( )"
                source.wrong((key, index), zh, en)
    units = {fold_label(name): Decimal(yuan) for name, yuan in said["units"].items()}
    return Recognition(
        title_rewrites=tuple(_replacements(source, "title_rewrites")),
        units=units,
        unit_patterns=tuple(said["unit_patterns"]),
        ignored={key: tuple(patterns) for key, patterns in said["ignored"].items()},
        notes=tuple(said["notes"]),
        counted_lines=tuple(said["counted_lines"]),
        nil_statements=tuple(said["nil_statements"]),
        template_instructions=tuple(said["template_instructions"]),
        neutral_labels=_unique(map(fold_label, said["neutral_labels"])),
        header_words=_unique(map(fold_label, said["header_words"])),
        totals=_unique(map(fold_name, said["totals"])),
        department_patterns=tuple(said["department_patterns"]),
        document_patterns=tuple((pattern, document) for pattern, document in said["document_patterns"]),
        unit_scope_patterns=tuple(said["unit_scope_patterns"]),
        infer_unit={key: Decimal(yuan) for key, yuan in said["infer_unit"].items()},
        document_numbers=tuple(_replacements(source, "document_numbers")),
        body_endings=tuple(map(fold, said["bodies"]["endings"])),
        after_bodies=tuple(map(fold, said["bodies"]["followed_by"])),
        body_remarks=tuple(map(fold, said["bodies"]["remarks"])),
        listed_departments=tuple(said["lists"]["departments"]),
        charges=tuple(said["lists"]["charges"]),
        same_as_above=tuple(said["lists"]["same_as_above"]),
        nil_leading=tuple(said["empty_tables"]["leading"]),
        nil_saying=said["empty_tables"]["saying"],
    )


def _replacements(source: Source, key: str) -> Iterator[tuple[str, str]]:
    """Only the sound ones, since the titles of the forms are rewritten before all mistakes are known."""
    for index, (pattern, replacement) in enumerate(source.data[key]):
        try:
            re.sub(pattern, replacement, "")
        except (re.error, IndexError):
            zh, en = "替换的写法与捕获组不符", "the replacement does not fit the groups"
            source.wrong((key, index), zh, en)
        else:
            yield pattern, replacement


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
