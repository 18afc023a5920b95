"""A proposal -> the text of a template file, with what is unsure beside it: Chinese first, then English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.learn.scalars import listed, path, scalar, seen
from etl.learn.trial import waiting
from etl.learn.values import BandGuess, Guess, Proposal
from etl.spec.model import Spec
from etl.table import cell_name
from etl.wording import say

_NAMED = {"measure": "measures", "text": "texts", "ratio": "ratios"}
"""Groups of columns that have a key of their own."""
_ORDER = ("code", "code-1", "code-2", "code-3", "name", "measure", "text", "ratio", "ignored")


def write(proposal: Proposal, spec: Spec) -> str:
    """The whole file, a comment on top that says what to do with it."""
    lines = [
        *_head(proposal, spec),
        f"form: {proposal.form}",
        f"layout: {proposal.layout}",
        *_titles(proposal),
        f"requires: {_requires(proposal)}",
        *_bands(proposal, spec),
        *_rest(proposal),
    ]
    return "\n".join(lines) + "\n"


# --- the comment on top -----------------------------------------------------------------------------------------


def _head(proposal: Proposal, spec: Spec) -> Iterator[str]:
    block, near = proposal.block, proposal.near
    table = spec.tables[proposal.table_id].name
    cells = f"{cell_name(block.header.first, 0)}:{cell_name(block.header.end - 1, len(block.header.paths) - 1)}"
    yield "# 由 mingzhang learn 起草：请对照原表逐项核对，改完后删去这些说明。"
    yield "# Drafted by `mingzhang learn`: check every entry against the sheet, then delete these remarks."
    yield _remark(f"存为 / Save as: {proposal.path}")
    yield _remark(f"来自 / From: “{block.sheet.name}” {cells}；单位 / unit: {proposal.unit or '没有写 / not printed'}")
    yield _remark(f"这是 / This is: {proposal.table_id}（{table.zh} / {table.en}）")
    if proposal.rivals:
        names = ", ".join(proposal.rivals)
        yield _remark(
            f"  不确定: 也可能是 {names}，用 --table 指定 / unsure: may also be one of these; --table says so"
        )
    yield _remark(f"最接近的表样 / Nearest form: {near.form.form}")
    if near.missing:
        yield _remark(f"  它要有而这里没有的 / It requires, and the sheet lacks: {'、'.join(near.missing)}")
    if near.unknown:
        yield _remark(f"  这里有而它不认识的 / The sheet has, and it does not know: {'、'.join(near.unknown)}")
    if not near.same_title:
        printed = block.title or "没有写 / not printed"
        yield _remark(f"  表题不同 / Another title: {printed}")
    if proposal.finding:
        zh, en = (say(proposal.finding, spec, lang)[0] for lang in ("zh", "en"))
        yield _remark(f"检查时说 / Checking says: {zh} / {en}")
    yield from _tried(proposal)
    yield from _short_way(proposal)
    yield ""


def _tried(proposal: Proposal) -> Iterator[str]:
    tried, new = proposal.tried, len(waiting(proposal))
    if not tried.read:
        yield "# 试读 / Tried: 还读不出，请先补全下面的栏目 / not read yet: complete the columns below"
    else:
        zh = f"读出 {tried.lines} 行 {tried.figures} 个数，{tried.passed} 处勾稽相符"
        en = f"{tried.lines} lines, {tried.figures} figures, {tried.passed} comparisons hold"
        yield f"# 试读 / Tried: {zh} / {en}"
    if tried.unread and not new:
        yield _remark(f"  没有读到的栏目 / Columns that are not read: {_some(tried.unread)}")
    if tried.failed:
        rules = ", ".join(tried.failed)
        yield _remark(f"  不符的规则，可能栏目认错了 / Rules that fail, perhaps by a wrong guess: {rules}")
    if tried.unnamed:
        yield _remark(f"  不认识的行，补进 lines.yml / Lines without a name, for lines.yml: {_some(tried.unnamed)}")
    if new:
        yield f"# 还有 {new} 栏没有名称，见 new-… / {new} columns still need a name: see new-…"


def _short_way(proposal: Proposal) -> Iterator[str]:
    """Where only words differ, a line or two in the file that is there does as well."""
    near = proposal.near
    same = proposal.layout == near.form.layout and len(proposal.bands) == len(near.form.bands)
    new = [(band, guess) for band in proposal.bands for guess in band.columns if guess.index in near.unknown_at]
    if not same or waiting(proposal) or not new or proposal.layout == "columns":
        return
    form = near.form.form
    yield f"# 或者不要新文件，在表样 {form} 里加上这些词 / Or no new file: add these words to form {form}:"
    if not near.same_title and proposal.block.title:
        yield _remark(f"  titles {proposal.document}: {proposal.title}")
    for band, guess in new:
        yield _remark(f"  {f'{band.side} ' if band.side else ''}{guess.key or guess.role}: {path(guess.label)}")


def _some(cells: Sequence[str]) -> str:
    return ", ".join(cells[:12]) + (f" … +{len(cells) - 12}" if len(cells) > 12 else "")


def _remark(text: str) -> str:
    return f"# {seen(text)}"


# --- titles and columns -----------------------------------------------------------------------------------------


def _titles(proposal: Proposal) -> Iterator[str]:
    yield "titles:"
    if not proposal.document_sure:
        yield "  # 不确定: 是预算还是决算？ / unsure: budget or final-account?"
    yield f"  {proposal.document}: {listed([proposal.title])}"
    if not proposal.block.title:
        yield "# 原表没有表题，只凭表头识别；别的表也有这样的表头时，不要用"
        yield "# The sheet has no title and is known by its header alone: not to be used where another table shares it"
        yield "title_required: false"


def _requires(proposal: Proposal) -> str:
    return f"[{', '.join(proposal.requires)}]"


def _bands(proposal: Proposal, spec: Spec) -> Iterator[str]:
    yield "bands:"
    for band in proposal.bands:
        lines = list(_band(band, proposal, spec))
        yield f"  - {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])
    if proposal.layout == "columns":
        yield "line_columns:"
        yield from _items(proposal)


def _band(band: BandGuess, proposal: Proposal, spec: Spec) -> Iterator[str]:
    if band.side:
        yield f"side: {band.side}"
    if band.heads:
        yield f"heads: {listed(band.heads)}"
    if band.codes:
        yield f"codes: {band.codes}"
    if band.lines:
        yield f"lines: [{', '.join(band.lines)}]"
    if band.repeat:
        yield "repeat: true"
    yield "columns:"
    for role in _ORDER:
        guesses = [guess for guess in band.columns if guess.role == role]
        placed = [guess for guess in guesses if guess.how != "new" and guess.label]
        if role not in _NAMED:
            yield from (f"  {line}" for line in _entry(role, placed))
            continue
        keyed = {guess.key: [each for each in placed if each.key == guess.key] for guess in placed if guess.key}
        if keyed:
            yield f"  {_NAMED[role]}:"
        for key, each in keyed.items():
            yield from (f"    {line}" for line in _entry(key, each))
    yield from (f"  {line}" for line in _new(band, proposal, spec))


def _entry(key: str, guesses: Sequence[Guess]) -> Iterator[str]:
    """One key with its labels, and a remark on what is unsure about it."""
    if not guesses:
        return
    yield from (remark for remark in dict.fromkeys(map(_unsure, guesses)) if remark)
    yield f"{key}: {listed(dict.fromkeys(path(guess.label) for guess in guesses))}"


def _unsure(guess: Guess) -> str:
    if guess.how == "content":
        return "# 按下面的内容判断，请核对 / By what stands below it; please check"
    if guess.how == "left":
        return "# 不确定: 只剩这一栏 / unsure: the only column left"
    if guess.how not in ("like", "sum"):
        return ""
    others = ", ".join(guess.others)
    by_sums = guess.how == "sum"
    why, why_en = ("按合计关系判断", "by its sums") if by_sums else ("用词相近", "by a like word")
    also = f"也可能是 {others}" if others else why
    also_en = f"may also be {others}" if others else why_en
    return f"# 不确定: {also} / unsure: {also_en}"


def _new(band: BandGuess, proposal: Proposal, spec: Spec) -> Iterator[str]:
    """Columns that need a name, as entries that wait to be named: until then reading says that it passed them over."""
    numbers = {guess.index: number for number, guess in enumerate(waiting(proposal), start=1)}
    for guess in band.columns:
        if guess.how == "new":
            key = f"new-{guess.role}-{numbers[guess.index]}"
            yield "# 新栏目，还没有名称：在 schemas/measures.yml 和本表 schema.json 里命名，再去掉下一行的 # 号"
            yield "# New: name it in schemas/measures.yml and this table's schema.json, then uncomment the next line"
            if guess.others:
                names = ", ".join(_called(other, spec) for other in guess.others)
                yield f"# 不确定: 也可能是 {names} / unsure: may also be {', '.join(guess.others)}"
            yield f"# {_NAMED[guess.role]}: {{{key}: {listed([path(guess.label)])}}}"


def _called(key: str, spec: Spec) -> str:
    return f"{key}（{spec.measures[key].zh}）" if key in spec.measures else key


# --- layout columns, layout list --------------------------------------------------------------------------------


def _items(proposal: Proposal) -> Iterator[str]:
    lines: dict[str, list[Guess]] = {}
    for guess in proposal.columns:
        if guess.line:
            lines.setdefault(guess.line, []).append(guess)
    for code, guesses in lines.items():
        yield from (f"  {remark}" for remark in dict.fromkeys(map(_unsure, guesses)) if remark)
        yield f"  {code}: {listed(dict.fromkeys(path(guess.line_label) for guess in guesses))}"


def _rest(proposal: Proposal) -> Iterator[str]:
    if proposal.default_measure:
        said = ", ".join(f"{document}: {measure}" for document, measure in proposal.default_measure.items())
        yield f"default_measure: {{{said}}}"
    if proposal.fill_down:
        yield f"fill_down: [{', '.join(proposal.fill_down)}]"
    if proposal.part:
        yield f"part: {proposal.part}"
    if proposal.constants:
        yield f"constants: {_mapping(proposal.constants)}"


def _mapping(said: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {scalar(text)}' for key, text in said.items())}}}"
