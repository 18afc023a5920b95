"""A folder of `schemas/tables/` -> the table: its dataset, its printed forms, its rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.labels import fold_label
from etl.spec.bilingual import Bilingual
from etl.spec.files import KeyPath, Reader, Source
from etl.spec.model import BandForm, CodeList, ColumnForm, Form, Lines, Rule, TableSpec
from etl.spec.recognition import Recognition
from etl.spec.titles import rewrite_title
from etl.spec.words import CLASSES, PRINTED, bilingual, list_of_names

_NAMED = ("measures", "texts", "ratios")
"""Groups of columns that have a key of their own, by the plural of their role."""


@dataclass(frozen=True, slots=True)
class Words:
    """What tables speak of and other files declare; a file that is itself broken is None and is not asked."""

    lines: Lines | None
    codes: Mapping[str, CodeList] | None
    recognition: Recognition | None
    findings: Collection[str] | None


def tables(reader: Reader, folder: Path, words: Words) -> dict[str, TableSpec]:
    """Every table that has a folder, in the order of their ids."""
    made: dict[str, TableSpec] = {}
    seen: dict[str, str] = {}
    for each in sorted(path for path in folder.glob("*") if path.is_dir()):
        schema = reader.declaration(each / "schema.json", "table-schema")
        sources = [reader.declaration(path, "template") for path in sorted(each.glob("template*.yml"))]
        rule_list = rules(reader, each / "rules.yml", each.name, words.findings)
        if schema is None:
            continue
        table = _Table(each.name, schema.data, words)
        forms = tuple(table.form(source, seen) for source in sources if source is not None)
        made[each.name] = _table(each.name, schema.data, forms, rule_list)
    return made


def rules(reader: Reader, path: Path, table_id: str, findings: Collection[str] | None) -> tuple[Rule, ...]:
    """The rules of one file; none where it is absent. An empty table id is for rules between tables."""
    source = reader.declaration(path, "rules", required=False)
    if source is None:
        return ()
    made: list[Rule] = []
    for index, said in enumerate(source.data["rules"]):
        if said["rule"] in {rule.rule for rule in made}:
            source.wrong(("rules", index, "rule"), f"规则号“{said['rule']}”重复", f'rule "{said["rule"]}" stands twice')
        if findings is not None and said["finding"] not in findings:
            zh, en = f"findings.yml 里没有“{said['finding']}”", f'findings.yml has no "{said["finding"]}"'
            source.wrong(("rules", index, "finding"), zh, en)
        made.append(
            Rule(
                said["rule"],
                said["kind"],
                said["finding"],
                said["severity"],
                table_id,
                said.get("parameters", {}),
                bilingual(said["reason"]),
                said["authority"],
                tuple(said.get("documents", ())),
            )
        )
    return tuple(made)


def _table(table_id: str, said: Mapping[str, Any], forms: tuple[Form, ...], rule_list: tuple[Rule, ...]) -> TableSpec:
    return TableSpec(
        table_id,
        Bilingual(said["title"], said["title_en"]),
        Bilingual(said["description"], said["description_en"]),
        Bilingual(said["law"], said["law_en"]),
        said["kind"],
        said,
        forms,
        rule_list,
    )


class _Table:
    """Reads the forms of one table, with what they may speak of at hand."""

    def __init__(self, table_id: str, schema: Mapping[str, Any], words: Words) -> None:
        self.table_id = table_id
        self.words = words
        self.fields = {str(entry["name"]) for entry in schema["fields"]}
        self.measures = set(_table(table_id, schema, (), ()).measures)

    def form(self, source: Source, seen: dict[str, str]) -> Form:
        """One printed form; `seen` remembers which file has which form."""
        said = source.data
        other = seen.setdefault(said["form"], source.file)
        if other != source.file:
            source.wrong(("form",), f"{other} 里已有同名的表样", f"{other} has a form of this name")
        bands = tuple(self._band(source, index, each) for index, each in enumerate(said.get("bands", ())))
        made = Form(
            said["form"],
            self.table_id,
            said["layout"],
            self._titles(source),
            bands,
            tuple(said["requires"]),
            said.get("title_required", True),
            tuple(
                ColumnForm("line", key, _labels(source, ("line_columns", key), labels))
                for key, labels in said.get("line_columns", {}).items()
            ),
            said.get("default_measure", {}),
            tuple(said.get("fill_down", ())),
            said.get("constants", {}),
            said.get("part", ""),
        )
        self._check(source, made)
        return made

    def _titles(self, source: Source) -> dict[str, tuple[str, ...]]:
        rewrites = self.words.recognition.title_rewrites if self.words.recognition else ()
        made = {}
        for document, titles in source.data["titles"].items():
            rewritten = tuple(dict.fromkeys(rewrite_title(title, rewrites) for title in titles))
            if not all(rewritten):
                source.wrong(("titles", document), "有表题改写后成为空白", "a title is empty once rewritten")
            made[document] = rewritten
        return made

    def _band(self, source: Source, index: int, said: Mapping[str, Any]) -> BandForm:
        path = ("bands", index)
        codes, sets = said.get("codes", ""), tuple(said.get("lines", ()))
        lists = {PRINTED, *(self.words.codes or (codes,))}
        if codes and codes not in lists:
            source.wrong((*path, "codes"), f"没有“{codes}”这个科目表", f'no code list "{codes}"')
        for name in sets:
            known = {CLASSES, PRINTED, *(self.words.lines.sets if self.words.lines is not None else (name,))}
            if name not in known and (not list_of_names(name) or list_of_names(name) not in lists):
                source.wrong((*path, "lines"), f"lines.yml 里没有“{name}”这一组", f'lines.yml has no set "{name}"')
        return BandForm(
            said.get("side", ""),
            tuple(dict.fromkeys(map(fold_label, said.get("heads", ())))),
            tuple(self._columns(source, (*path, "columns"), said["columns"])),
            codes,
            sets,
            said.get("repeat", False),
        )

    def _columns(self, source: Source, path: KeyPath, said: Mapping[str, Any]) -> Iterator[ColumnForm]:
        for role, given in said.items():
            if role not in _NAMED:
                yield ColumnForm(role, "", _labels(source, (*path, role), given))
                continue
            for key, labels in given.items():
                if key not in (self.measures if role == "measures" else self.fields):
                    zh, en = f"schema.json 里没有“{key}”", f'schema.json has no "{key}"'
                    source.wrong((*path, role, key), zh, en)
                yield ColumnForm(role.removesuffix("s"), key, _labels(source, (*path, role, key), labels))

    def _check(self, source: Source, form: Form) -> None:
        columns = [column for band in form.bands for column in band.columns]
        known = {column.key for column in (*columns, *form.line_columns)}
        known |= {column.role.partition("-")[0] for column in columns if not column.key}
        for index, key in enumerate(form.requires):
            if key not in known - {"", "ignored"}:
                source.wrong(("requires", index), f"本表样没有“{key}”这一栏", f'the form has no column "{key}"')
        for document, measure in form.default_measure.items():
            if measure not in self.measures:
                zh, en = f"schema.json 里没有“{measure}”", f'schema.json has no "{measure}"'
                source.wrong(("default_measure", document), zh, en)
        for key in (*form.fill_down, *form.constants):
            if key not in self.fields and not (key in form.fill_down and key in {"code", "name"}):
                place = "constants" if key in form.constants else "fill_down"
                source.wrong((place, key), f"schema.json 里没有“{key}”", f'schema.json has no "{key}"')
        self._check_layout(source, form)

    def _check_layout(self, source: Source, form: Form) -> None:
        if (form.layout == "columns") != bool(form.line_columns):
            zh, en = (
                "line_columns 用于 layout: columns，也只用于它",
                "line_columns goes with layout: columns, and only there",
            )
            source.wrong(("layout",), zh, en)
        if not form.bands and form.layout != "columns":
            source.wrong(("bands",), "没有写栏目", "no bands are given")
        if self.words.lines is not None:
            codes = {line.code for each in self.words.lines.sets.values() for line in each}
            for column in form.line_columns:
                if column.key not in codes:
                    zh, en = f"lines.yml 里没有“{column.key}”", f'lines.yml has no "{column.key}"'
                    source.wrong(("line_columns", column.key), zh, en)


def _labels(source: Source, path: KeyPath, said: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    made = tuple(dict.fromkeys(tuple(map(fold_label, label.split("/"))) for label in said))
    if not all(part for label in made for part in label):
        source.wrong(path, "有空白的表头，或者“/”的一边是空白", "a label, or one side of a /, is empty")
    return made
