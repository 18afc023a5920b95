"""JSON Schemas of the declaration files: what a file's content breaks, in plain words.

In comes the name of a schema of `schemas/meta/` and content, out come the faults. The schemas are the program's own,
also for a county that brings its own `schemas/`: they say what this program can read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from etl.layout import PROGRAM

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

META = PROGRAM / "schemas" / "meta"

_REQUIRED = re.compile(r"^'(.*)' is a required property$")
_TYPES = {
    "object": ("一组“键: 值”", "a mapping"),
    "array": ("一个列表", "a list"),
    "string": ("文字（数字请加引号）", "text (put a number in quotes)"),
    "integer": ("整数", "a whole number"),
    "number": ("数", "a number"),
    "boolean": ("true 或 false", "true or false"),
}
_PLAIN = {
    "minLength": ("不能为空", "may not be empty"),
    "minItems": ("不能为空", "may not be empty"),
    "maxLength": ("太长", "is too long"),
    "maxProperties": ("多了", "holds too many"),
    "minProperties": ("不能为空", "may not be empty"),
    "uniqueItems": ("有重复的内容", "holds the same thing twice"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in the content that the schema does not allow."""

    path: tuple[str | int, ...]
    zh: str
    en: str


@cache
def _content(schema: str) -> Any:
    """The schema `schemas/meta/<schema>.schema.json`."""
    return json.loads((META / f"{schema}.schema.json").read_text("utf-8"))


@cache
def _quick(schema: str) -> jsonschema_rs.Draft202012Validator:
    """Says in no time whether content fits; nearly always it does, and that is all there is to know."""
    formats = {"regex": _is_pattern}  # its own idea of regular expressions is not Python's
    return jsonschema_rs.Draft202012Validator(_content(schema), validate_formats=True, formats=formats)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


@cache
def validator(schema: str) -> Draft202012Validator:
    """Says what does not fit, at length."""
    from jsonschema import Draft202012Validator, FormatChecker  # a tenth of a second that a sound file does not need

    return Draft202012Validator(_content(schema), format_checker=FormatChecker(formats=("date", "regex")))


def faults(schema: str, content: Any) -> list[Fault]:
    """Everything in the content that the schema does not allow."""
    if _quick(schema).is_valid(content):
        return []
    return [fault for problem in validator(schema).iter_errors(content) for fault in _say(problem)]


def _say(problem: ValidationError) -> Iterator[Fault]:
    path = tuple(problem.absolute_path)
    instance: Any = problem.instance
    schema: Any = problem.schema
    if "propertyNames" in problem.schema_path:
        yield Fault((*path, str(instance)), "这个键的写法不对", "this key is not written correctly")
    elif problem.validator == "required":
        missing = _REQUIRED.match(problem.message)
        name = missing[1] if missing else ""
        yield Fault((*path, name), f"缺少“{name}”", f'"{name}" is missing')
    elif problem.validator == "additionalProperties":
        for name in instance:
            if name not in schema.get("properties", {}):
                yield Fault((*path, str(name)), "没有这个键，请核对拼写", "there is no such key; check the spelling")
    else:
        yield Fault(path, *_words(problem))


def _words(problem: ValidationError) -> tuple[str, str]:
    asked: Any = problem.validator_value
    kind, shown = str(problem.validator), str(problem.instance)[:40]
    if kind == "type":
        names = [asked] if isinstance(asked, str) else list(asked)
        zh, en = zip(*(_TYPES.get(name, (name, name)) for name in names), strict=True)
        return f"应当是{'或'.join(zh)}", f"should be {' or '.join(en)}"
    if kind == "enum":
        choices = ", ".join(str(choice) or '""' for choice in asked)
        return f"“{shown}”不在可选值之内：{choices}", f'"{shown}" is not one of: {choices}'
    if kind == "pattern":
        return f"“{shown}”的写法不对", f'"{shown}" is not written correctly'
    if kind == "format" and asked == "date":
        return f"“{shown}”不是日期（年-月-日）", f'"{shown}" is not a date (year-month-day)'
    if kind == "format":
        return f"“{shown}”不是合格的正则表达式", f'"{shown}" is not a regular expression'
    if kind in {"minimum", "maximum"}:
        less = kind == "minimum"
        return f"{shown} {'小' if less else '大'}于 {asked}", f"{shown} is {'less' if less else 'more'} than {asked}"
    return _PLAIN.get(kind, ("不合要求", f"does not fit: {problem.message[:80]}"))
