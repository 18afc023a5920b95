"""A declaration file -> its content, with the line of every key; whatever keeps it from being read is a Mistake.

In comes a path, out comes a Source or None. Every YAML or JSON file fits its JSON Schema of `schemas/meta/` before
anybody looks inside; duplicate keys, which YAML forbids and parsers let pass, are refused.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from etl.layout import PROGRAM
from etl.spec.bilingual import Bilingual
from etl.spec.meta import faults
from etl.spec.mistakes import Mistake

KeyPath = Sequence[str | int]

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 6
"""Levels of nesting in a file that people write by hand; more is an attack or an accident."""


def _without_timestamps(resolvers: Mapping[str, list[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    stamp = "tag:yaml.org,2002:timestamp"
    return {first: [each for each in known if each[0] != stamp] for first, known in resolvers.items()}


# A day is text in ISO form everywhere here: a loader that makes dates of some of them would hide the misspelt ones.
_PLAIN: Any = type(
    "_PlainLoader", (_SAFE,), {"yaml_implicit_resolvers": _without_timestamps(_SAFE.yaml_implicit_resolvers)}
)


@dataclass(slots=True)
class Source:
    """One declaration file that could be read, and the list its mistakes go to."""

    file: str
    data: Any
    mistakes: list[Mistake]
    text: str = ""
    root: Node | None = None

    def wrong(self, path: KeyPath, zh: str, en: str) -> None:
        """Something is wrong at a path of keys."""
        key = "/".join(str(part) for part in path)
        self.mistakes.append(Mistake(self.file, self.line(path), key, Bilingual(zh, en)))

    def line(self, path: KeyPath) -> int:
        """One-based line of a key or item, or of the nearest thing above it that is written."""
        if self.root is None and self.text:
            self.root = _compose(self.text)  # JSON is YAML; its lines are wanted only when it is wrong
        node, line = self.root, 1
        for part in path:
            found = _step(node, part)
            if found is None:
                break
            line, node = found
        return line


@dataclass(slots=True)
class Row:
    """One line of a CSV, every known column a text."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Sheet:
    """A CSV that could be read."""

    file: str
    rows: tuple[Row, ...]
    mistakes: list[Mistake]

    def wrong(self, line: int, column: str, zh: str, en: str) -> None:
        """Something is wrong in a line."""
        self.mistakes.append(Mistake(self.file, line, column, Bilingual(zh, en)))


@dataclass(slots=True)
class Reader:
    """Reads the files under one root and remembers everything that is wrong in any of them."""

    root: Path
    mistakes: list[Mistake] = field(default_factory=list)

    def declaration(self, path: Path, schema: str, *, required: bool = True, texts: bool = False) -> Source | None:
        """A YAML or JSON file that fits its schema; None where it is absent or wrong.

        With `texts` every scalar stays the text that was typed, so that a code keeps its zeros and an amount its fen.
        """
        text = self._text(path, required=required)
        if text is None:
            return None
        source = Source(self.name(path), None, self.mistakes, text)
        fits = self._load_json(source) if path.suffix == ".json" else self._load_yaml(source, texts=texts)
        if not fits or (source.data is None and not required):
            return None
        wrong = faults(schema, source.data)
        for fault in wrong:
            source.wrong(fault.path, fault.zh, fault.en)
        return None if wrong else source

    def csv(self, path: Path, columns: Sequence[str], *, required: bool = False) -> Sheet | None:
        """A CSV with a header of known names; a column that is absent counts as empty."""
        text = self._text(path, required=required, chinese=True)
        if text is None:
            return None
        sheet = Sheet(self.name(path), (), self.mistakes)
        try:
            # Ends of lines are kept inside quotes, or a hostile name could hide one.
            sheet.rows = tuple(_rows(sheet, csv.reader(io.StringIO(text, newline=""), strict=True), columns))
        except csv.Error as problem:
            sheet.wrong(0, "", f"不是合格的 CSV 文件（{problem}）", f"not a well-formed CSV file ({problem})")
            return None
        return sheet

    def name(self, path: Path) -> str:
        """How a file is called in a mistake: never with the folders of one machine."""
        for base in (self.root, PROGRAM):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def _text(self, path: Path, *, required: bool, chinese: bool = False) -> str | None:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            if required:
                self._about(path, "缺少这个文件", "this file is missing")
            return None
        except OSError:
            self._about(path, "这个文件读不出来", "this file cannot be read")
            return None
        # Chinese Excel writes GB 18030 where it says CSV; nothing else here is written by Excel.
        for encoding in ("utf-8-sig", "gb18030") if chinese else ("utf-8-sig",):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        self._about(path, "不是 UTF-8 编码的文本", "not text in UTF-8")
        return None

    def _about(self, path: Path, zh: str, en: str) -> None:
        self.mistakes.append(Mistake(self.name(path), 0, "", Bilingual(zh, en)))

    def _load_json(self, source: Source) -> bool:
        try:
            source.data = json.loads(source.text, object_pairs_hook=_unique)
        except json.JSONDecodeError as problem:
            self._broken(source, problem.lineno, problem.msg)
            return False
        except _RepeatedKeyError:
            source.line(())
            self._say_repeated(source, _repeated(source.root) if source.root else ())
            return False
        except (ValueError, RecursionError):
            self._broken(source, 0, "")
            return False
        return True

    def _load_yaml(self, source: Source, *, texts: bool) -> bool:
        try:
            if texts and not _is_shallow(source.text):
                source.wrong((), "嵌套太深，或者用了引用", "nested too deep, or written with references")
                return False
            source.root, source.data, repeated = _construct(source.text, _TEXT if texts else _PLAIN)
        except yaml.MarkedYAMLError as problem:
            self._broken(source, problem.problem_mark.line + 1 if problem.problem_mark else 0, problem.problem or "")
            return False
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
            self._broken(source, 0, "")
            return False
        self._say_repeated(source, repeated)
        return not repeated

    def _say_repeated(self, source: Source, repeated: Iterable[Node]) -> None:
        for node in repeated:
            name = str(node.value)[:40] if isinstance(node, ScalarNode) else ""
            place = Mistake(
                source.file,
                node.start_mark.line + 1,
                name,
                Bilingual("同一处写了两次，或者用引用重复了一组内容", "stands twice, or repeats a group by reference"),
            )
            self.mistakes.append(place)

    def _broken(self, source: Source, line: int, what: str) -> None:
        said = f"（{what}）" if what else ""
        message = Bilingual(f"不是合格的格式{said}", f"not well-formed{f' ({what})' if what else ''}")
        self.mistakes.append(Mistake(source.file, line, "", message))


# --- YAML and JSON ----------------------------------------------------------------------------------------------


class _RepeatedKeyError(ValueError):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RepeatedKeyError
    return made


def _compose(text: str) -> Node | None:
    try:
        root: Node | None = yaml.compose(text, Loader=_TEXT)
    except yaml.YAMLError:
        return None
    return root


def _construct(text: str, loader_class: Any) -> tuple[Node | None, Any, list[Node]]:
    loader = loader_class(text)
    try:
        root: Node | None = loader.get_single_node()
        if root is None:
            return None, None, []
        repeated = list(_repeated(root))
        return root, None if repeated else loader.construct_document(root), repeated
    finally:
        loader.dispose()


def _repeated(root: Node) -> Iterator[Node]:
    """Keys that stand twice in one mapping, and groups that stand in two places: such a group can hold itself."""
    waiting: list[Node] = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            continue
        if id(node) in seen:
            yield node
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, MappingNode):
            keys: set[object] = set()
            for key, value in node.value:
                if str(key.value) in keys:
                    yield key
                keys.add(str(key.value))
                waiting.extend((key, value))


def _is_shallow(text: str) -> bool:
    """True where nothing is nested deep and nothing refers to anything: looked at without building it."""
    depth = 0
    for event in yaml.parse(text, Loader=_TEXT):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _step(node: Node | None, part: str | int) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if str(key.value) == str(part):
                return key.start_mark.line + 1, value
    elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        item: Node = node.value[part]
        return item.start_mark.line + 1, item
    return None


# --- CSV --------------------------------------------------------------------------------------------------------


def _rows(sheet: Sheet, lines: Any, columns: Sequence[str]) -> Iterator[Row]:
    header = [name.strip() for name in next(lines, [])]
    for name in header:
        if name not in columns:
            sheet.wrong(1, name[:40], "没有这个栏目", "there is no such column")
        elif header.count(name) > 1:
            sheet.wrong(1, name, "这个栏目写了两次", "this column stands twice")
    if header and columns[0] not in header:
        sheet.wrong(1, columns[0], "缺少这个栏目", "this column is missing")
    before = lines.line_num
    for cells in lines:
        line, before = before + 1, lines.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            sheet.wrong(line, "", "这一行的栏数多于表头", "this line has more cells than the header")
        pairs = list(zip(header, map(str.strip, cells), strict=False))
        yield Row(line, dict(reversed(pairs)))  # of two columns of one name the first counts
