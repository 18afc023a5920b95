"""What the commands say on a terminal, in both languages. Sentences about data are in `schemas/findings.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from etl.spec.bilingual import Bilingual

WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "receive": Bilingual("收件", "Receiving"),
        "examine": Bilingual("读取和检查", "Reading and checking"),
        "load": Bilingual("入库，核对公开情况", "Loading and measuring coverage"),
        "expect": Bilingual("核对合理性", "Asking what is plausible"),
        "data": Bilingual("写出数据", "Writing the data"),
        "mark": Bilingual("标注表格", "Marking workbooks"),
        "review": Bilingual("写出审核页", "Writing the review site"),
        "pages": Bilingual("生成网页", "Building the pages"),
        "swap": Bilingual("换上新站点", "Swapping the new site in"),
        "published": Bilingual("已发布", "Published"),
        "unchanged": Bilingual(
            "没有变化，现有站点就是最新的", "Nothing has changed; the site that stands is up to date"
        ),
        "watching": Bilingual("正在守着收件夹，Ctrl-C 结束：", "Watching the inbox, Ctrl-C ends it: "),
        "watch_ended": Bilingual("不再守着收件夹", "The inbox is no longer watched"),
        "watch_declarations": Bilingual(
            "声明文件改错了，仍按原来的检查：",
            "Declaration files were changed and are wrong; checking goes on by the earlier ones:",
        ),
        "not_published": Bilingual("没有发布，原来的站点未动：", "Not published; the earlier site stands: "),
        "busy": Bilingual(
            "另一次运行正在进行：{command}（主机 {host}，进程 {pid}，自 {since} 起）。等它结束再试",
            "another run is at work: {command} (host {host}, process {pid}, since {since}). Try again later",
        ),
        "busy_somebody": Bilingual("另一次运行正在进行。等它结束再试", "another run is at work. Try again later"),
        "trouble_full": Bilingual(
            "磁盘满了。腾出空间再运行一次就行，别的都不用清理",
            "the disk is full. Make room and run again; nothing else needs cleaning",
        ),
        "trouble_forbidden": Bilingual(
            "没有读写权限。请让管理这台机器的人看一下这里说的文件或文件夹",
            "no permission. Ask whoever looks after this machine about the file or folder named here",
        ),
        "cluster_address": Bilingual(
            "--executor 要写成 dask://主机:端口，不是 {address}", "--executor wants dask://HOST:PORT, not {address}"
        ),
        "cluster_extra": Bilingual(
            "没有装集群用的部分：pip install 'mingzhang[cluster]'",
            "what a cluster needs is not installed: pip install 'mingzhang[cluster]'",
        ),
        "cluster_unreachable": Bilingual("连不上 {address}", "no answer from {address}"),
        "cluster_empty": Bilingual("{address} 没有工作进程", "{address} has no worker"),
        "cluster_program": Bilingual(
            "{worker} 上的程序不同：那里是 {there}，这里是 {here}",
            "{worker} has another program: {there} there, {here} here",
        ),
        "cluster_folder": Bilingual(
            "{worker} 看不到县的文件夹：每台机器要用同一路径挂上它",
            "{worker} does not see the county's folder: every machine has to mount it under the same path",
        ),
        "failed": Bilingual(
            "程序出错，请报告；原来的站点未动：", "The program failed; please report it. The earlier site stands:"
        ),
        "strict": Bilingual("有报送未通过（--strict）", "A submission was rejected (--strict)"),
        "declarations": Bilingual("声明文件有错，没有开始：", "The declaration files are wrong; nothing was started:"),
        "not_empty": Bilingual("要给一个空文件夹或新文件夹：", "Name an empty folder, or a new one: "),
        "made": Bilingual("虚构的县已做好：", "The fictional county is made: "),
        "no_code": Bilingual("没有这个代码或规则：", "There is no such code or rule: "),
        "all_codes": Bilingual("全部代码和规则：mingzhang explain", "All codes and rules: mingzhang explain"),
        "one_code": Bilingual("看一条：mingzhang explain 代码或规则号", "One of them: mingzhang explain CODE"),
        "rules": Bilingual("规则：", "Rules: "),
        "wrong_how": Bilingual("哪里不对", "What is wrong"),
        "what_to_do": Bilingual("怎么办", "What to do"),
        "authority": Bilingual("依据", "Authority"),
        "by_rules": Bilingual("由这些规则查出", "Found by rules"),
        "in_tables": Bilingual("查哪些表", "Tables"),
        "gives": Bilingual("查出的问题", "What it finds"),
        "wrong": Bilingual("错", "wrong"),
        "right": Bilingual("对", "right"),
        "no_table": Bilingual("没有这张表，可选的有：", "There is no such table; there are: "),
        "no_sheet": Bilingual("没有这张工作表，文件里有：", "There is no such sheet; there are: "),
        "nothing_learnt": Bilingual(
            "没有要起草的：每张表都认得出，或者找不到表头（--sheet 可以指定一张工作表）",
            "Nothing to draft: every table is recognised, or none has a header (--sheet asks for one sheet)",
        ),
        "strange": Bilingual(
            "和哪张表都不像；若是新的表，先给它建文件夹（CONTRIBUTING.md），再用 --table 指定：",
            "Like no declared table; for a new one make its folder first (CONTRIBUTING.md), then name it with --table:",
        ),
        "no_own_schemas": Bilingual(
            "这个县用的是程序自带的 schemas/，没有存；要改表样，请先把 schemas/ 复制到县的文件夹里",
            "Not saved: this county uses the program's own schemas/; copy schemas/ into its folder before changing it",
        ),
        "saved": Bilingual("已存，请核对", "Saved; please check"),
        "stands": Bilingual("已有这个文件，没有动它", "There is such a file; it was left as it is"),
        "no_folder": Bilingual("没有这个文件夹：", "There is no such folder: "),
        "epoch": Bilingual("SOURCE_DATE_EPOCH 不是秒数：", "SOURCE_DATE_EPOCH is no number of seconds: "),
        "failed_on": Bilingual("程序在这个文件上出错，请报告：", "The program failed on this file; please report it: "),
        "status": Bilingual("结果", "Fate"),
        "files": Bilingual("份数", "Files"),
        "none": Bilingual("收件夹是空的", "The inbox is empty"),
        "site": Bilingual("公开站点", "Public site"),
        "review_site": Bilingual("审核页（只供财政局内部）", "Review site (for the bureau alone)"),
        "no_findings": Bilingual("没有发现问题", "Nothing was found"),
        "error": Bilingual("错误", "error"),
        "warning": Bilingual("提醒", "warning"),
        "note": Bilingual("提示", "note"),
        "sheet": Bilingual("工作表“{sheet}”", 'Sheet "{sheet}"'),
        "whole_file": Bilingual("整个文件", "The file as a whole"),
        "more": Bilingual(
            "还有 {left} 处没有列出（{counts}）；全部列出请加 --all",
            "{left} more are not listed ({counts}); add --all to list them",
        ),
        "may_be_sent": Bilingual("可以报送", "May be sent"),
        "may_not_be_sent": Bilingual("不能报送，请先改正错误", "May not be sent, mend the errors first"),
        "may_not_be_sent_again": Bilingual(
            "这个内容已经撤回，不能再报送；要重新公开的，请报送新的文件",
            "This content was withdrawn and may not be sent again; to publish again, send a new file",
        ),
        "of_files": Bilingual("{files} 个文件中有 {stopped} 个未通过", "{stopped} of {files} files did not pass"),
        "comma": Bilingual("，", ", "),
        "colon": Bilingual("：", ": "),
        "marked": Bilingual("标注过的表格", "Marked copy"),
        "year": Bilingual("年度", "Year"),
        "rate": Bilingual("比率", "Rate"),
        "numerator": Bilingual("已公开", "Published"),
        "denominator": Bilingual("应公开", "Owed"),
        "above": Bilingual("分子", "Numerator"),
        "below": Bilingual("分母", "Denominator"),
        "exempt": Bilingual("依法不公开", "Exempt"),
        "unknown": Bilingual("是否及时不明", "Timeliness unknown"),
        "department": Bilingual("单位", "Body"),
        "document": Bilingual("文件", "Document"),
        "table": Bilingual("表", "Table"),
        "due_on": Bilingual("应于", "Due on"),
        "published_on": Bilingual("公开于", "Published on"),
        "days_late": Bilingual("迟公开天数", "Days late"),
        "axes": Bilingual("五个方面", "Five axes"),
        "per_table": Bilingual("每张表", "Every table"),
        "trend": Bilingual("逐年变化", "Year by year"),
        "due_soon": Bilingual("三十天内到期", "Due within thirty days"),
        "cannot_tell": Bilingual("无法判定", "Cannot be told"),
        "bodies": Bilingual("部门", "Bodies"),
        "complete": Bilingual("全部公开", "Complete"),
        "partial": Bilingual("部分公开", "In part"),
        "nothing": Bilingual("到期没有", "Due, not there"),
        "not_due": Bilingual("未到期", "Not due"),
        "in_time": Bilingual("按时", "In time"),
        "late": Bilingual("迟", "Late"),
        "undated": Bilingual("无法判定", "Cannot be told"),
        "nothing_owed": Bilingual("没有缺少或迟公开的", "Nothing is missing or late"),
    }
)

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What moves the cursor, changes colours or the direction of writing, or is no character at all."""


def visible(text: object) -> str:
    r"""A text from a file as it may be shown on a terminal: what would act on it is written out.

    >>> visible("表\x1b[2J一")
    '表\\u001b[2J一'
    """
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", str(text))
