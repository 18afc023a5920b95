"""What the commands about releases say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from etl.spec.bilingual import Bilingual

MISFITS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "chain": Bilingual("发布记录断了：", "The chain of releases is broken: "),
        "missing": Bilingual("缺少文件：", "Missing: "),
        "altered": Bilingual("文件被改过：", "Altered: "),
        "unlisted": Bilingual("多出来的文件：", "Not listed: "),
        "data": Bilingual("校验清单和最近一次发布不符：", "The list of hashes is not that of the last release: "),
        "version": Bilingual("数据集和发布记录不符：", "Not the dataset that its release names: "),
        "pack": Bilingual("发布的存底和发布记录不符：", "What is kept of a release is not what the log says: "),
        "archive": Bilingual("存档和名称不符或者缺失：", "Archived under a name that is not its hash, or missing: "),
        "ledger": Bilingual("收件簿被改过，不只是往后加：", "The ledger was changed, and not only added to: "),
        "unknown-site": Bilingual("网站不是由这份发布记录做的：", "The site is not one that this log knows: "),
        "older-site": Bilingual("网站停在较早的一次发布：", "The site is of an earlier release: "),
    }
)

WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "site": Bilingual("网站", "the site"),
        "archive": Bilingual("存档", "the archive"),
        "and": Bilingual("、", ", "),
        "fits": Bilingual("核对无误：", "Everything fits: "),
        "does_not_fit": Bilingual(
            "有不符之处，第一处列在最前", "Something does not fit; the first thing is named first"
        ),
        "no_datasets": Bilingual("这里没有 datasets/：", "There is no datasets/ in "),
        "no_data": Bilingual("这里没有 data/：", "There is no data/ in "),
        "exists": Bilingual("要一个还没有的文件夹：", "Name a folder that is not there yet: "),
        "no_such_release": Bilingual("没有第 {number} 次发布", "There is no release {number}"),
        "program": Bilingual("程序版本", "the version of the program"),
        "schemas": Bilingual("schemas/ 里的声明", "the declarations in schemas/"),
        "differs": Bilingual(
            "和那次发布时不同：{what}。不能保证逐字节相同。"
            "请装当时的版本（{program}）；仍要用现在的程序重做，请加 --anyway",
            "Not as it was for that release: {what}. The same bytes cannot be promised. "
            "Install what it was made with (version {program}), or add --anyway to make it with this program",
        ),
        "differs_anyway": Bilingual(
            "注意：{what}和当时不同，结果可能不同", "Note: {what} is not as it was; what comes out may differ"
        ),
        "made": Bilingual("第 {number} 次发布已重做：", "Release {number} was made again: "),
        "the_same": Bilingual("data/ 逐字节相同", "data/ is the same, byte for byte"),
        "not_the_same": Bilingual("data/ 和当时不同", "data/ is not what it was"),
    }
)
