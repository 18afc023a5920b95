"""Texts of a workbook as YAML scalars and as comments: nothing in them can end a line or say anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_WORD = r"\u4e00-\u9fff“”（）()A-Za-z0-9%"
_PLAIN = re.compile(rf"[\u4e00-\u9fff“”](?:[{_WORD}、/／·．.-]*[{_WORD}])?")
"""What means itself in YAML without quotes: begins with a Chinese character and holds no mark of YAML."""
_UNSEEN = re.compile(
    "[^\u0020-\u007e\u00a1-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\ufe10-\ufefe\uff00-\uffef]"
)
"""Signs that break a line, direct the writing, or are none."""


def scalar(text: str) -> str:
    """A text as a YAML scalar, in quotes where it needs them.

    >>> scalar("支出合计"), scalar("合计: 元")
    ('支出合计', '"合计: 元"')
    """
    return text if _PLAIN.fullmatch(text) else seen(json.dumps(text, ensure_ascii=False))


def listed(texts: Iterable[str]) -> str:
    """Texts as a YAML list on one line."""
    return f"[{', '.join(map(scalar, texts))}]"


def path(label: Iterable[str]) -> str:
    """A label as templates write it. A stroke that is printed in a cell becomes a wide one, which folds to the same."""
    return "/".join(part.replace("/", "／") for part in label)


def seen(text: str) -> str:
    r"""A text in which whatever is no plain sign is written out.

    >>> seen("表\x85\n头")
    '表\\u0085\\u000a头'
    """
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}" if ord(match[0]) < 0x10000 else "?", text)
