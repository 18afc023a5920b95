"""Names as parts of an address that can be read aloud. In: a Chinese name. Out: its pinyin, in small letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from etl.publish.places import segment

_LONGEST = 60


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Syllables joined by hyphens, cut between two of them where they get long.

    >>> slug("不动产登记费"), slug("A类（2024）")
    ('bu-dong-chan-deng-ji-fei', 'a-lei-2024')
    """
    from pypinyin import lazy_pinyin

    syllables = (segment("".join(filter(str.isalnum, part.lower()))) for part in lazy_pinyin(name))
    made = ""
    for syllable in filter(None, syllables):
        longer = f"{made}-{syllable}" if made else syllable
        if len(longer) > _LONGEST:
            break
        made = longer
    return made or "_"


def numbered() -> Callable[[str], str]:
    """A function that gives every name a slug of its own: the second of the same sound ends in `-2`."""
    seen: dict[str, int] = {}

    def give(name: str) -> str:
        made = slug(name)
        seen[made] = seen.get(made, 0) + 1
        return made if seen[made] == 1 else f"{made}-{seen[made]}"

    return give
