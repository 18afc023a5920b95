"""Printed titles -> the form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.labels import fold


def rewrite_title(text: str, rewrites: Iterable[tuple[str, str]]) -> str:
    """A title folded, then rewritten by `recognition.title_rewrites` in their order.

    >>> rewrite_title("表 01 2024年部门收入总表", [("^表01", ""), ("^.*?20..年", "")])
    '部门收入总表'
    """
    title = fold(text)
    for pattern, replacement in rewrites:
        title = re.sub(pattern, replacement, title)
    return title
