"""`schemas/fee-lists.yml` -> what the words of fee lists mean, as a frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.labels import fold
from etl.spec.files import Source


@dataclass(frozen=True, slots=True)
class FeeWords:
    """Words that say whom a charge is on and whether it is still levied; folded."""

    on_enterprises: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()
    """Stretches of the kind or title of lists that hold nothing but charges on enterprises."""
    ended: frozenset[str] = frozenset()

    def says_ended(self, status: str) -> bool:
        return fold(status) in self.ended

    def enterprise(self, marks: Iterable[str], lists: Iterable[str]) -> str:
        """`yes`, `partly` or nothing: of a charge marked so in the lists that are called so.

        >>> words = FeeWords(frozenset({"是"}), frozenset({"部分"}), ("涉企",))
        >>> words.enterprise(["", "是"], []), words.enterprise(["部分"], ["收费清单"]), words.enterprise(["否"], [])
        ('yes', 'partly', '')
        >>> words.enterprise([""], ["涉企收费清单"])
        'yes'
        """
        marked = {fold(mark) for mark in marks}
        if marked & self.on_enterprises or any(word in fold(name) for name in lists for word in self.lists):
            return "yes"
        return "partly" if marked & self.partly else ""


NO_WORDS = FeeWords()


def fee_words(source: Source) -> FeeWords:
    """Every word as it is compared."""
    said = source.data
    on = said["enterprise"]
    return FeeWords(
        on_enterprises=frozenset(map(fold, on["wholly"])),
        partly=frozenset(map(fold, on["partly"])),
        lists=tuple(map(fold, on["lists"])),
        ended=frozenset(map(fold, said["ended"])),
    )
