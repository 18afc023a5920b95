"""The site, built by MkDocs. In: the folders `assemble` wrote. Out: pages under `site/`, the same bytes every time.

MkDocs runs as a program of its own, once a language, with a small configuration that inherits `mkdocs.yml`; it may not
see the clock, and its warnings are errors. Pages that stand alone it never sees. English pages come to lie at `en/`.
What Material would have a browser load is left behind: its stylesheet is bundled with ours.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from etl.layout import PROGRAM
from etl.publish.abreast import Abreast, one_by_one
from etl.publish.bound import bound, held
from etl.publish.inspection import Inspection
from etl.publish.links import survey
from etl.publish.pages.inspection import write_inspection
from etl.publish.places import LANGUAGES
from etl.publish.publication import Publication
from etl.publish.render import web
from etl.publish.spelled import INDEX, leave_out, spell_out, unquote
from etl.publish.words import Words, clean

CONFIGURATION = PROGRAM / "mkdocs.yml"
MATERIAL = ("assets/images", "assets/javascripts", "assets/stylesheets")
"""Folders that MkDocs copies from the theme."""


class SiteNotBuiltError(Exception):
    """MkDocs refused; the message is what it said."""


def build_site(publication: Publication, build: Path, site: Path, abreast: Abreast = one_by_one) -> Inspection:
    """Turn `build/docs/zh` and `build/docs/en` into pages and lay them into `site`, where data and feed lie already.

    What comes back is what was found on every page but the last, which tells of it.
    """
    with held() as hold:
        running = {lang: _start(publication, build, lang, hold) for lang in LANGUAGES}
        said = {lang: process.communicate()[0] for lang, process in running.items()}
    for lang, process in running.items():
        if process.returncode:
            raise SiteNotBuiltError(f"{lang}: {said[lang].strip()}")
    abreast([partial(_lay, build, lang, site if lang == "zh" else site / lang) for lang in LANGUAGES])
    return write_inspection(publication, survey(site), site)


def _lay(build: Path, lang: str, target: Path) -> None:
    """What MkDocs made, with links that name their file and without end tags and quotes that say nothing; and beside it
    the pages that stand alone.
    """
    pages, alone = _pages(build, lang), build / "docs" / lang
    for folder in MATERIAL:
        shutil.rmtree(pages / folder)
    for page in pages.rglob(INDEX):
        page.write_text(unquote(leave_out(spell_out(page.read_text("utf-8")))), "utf-8", newline="\n")
    _move(pages, [path for path in pages.rglob("*") if path.is_file()], target)
    _move(alone, alone.rglob(INDEX), target)


def _move(folder: Path, files: Iterable[Path], target: Path) -> None:
    """Give files the same place under another folder; the build lies on one disk, and nothing is copied."""
    made: set[Path] = set()
    for path in list(files):
        place = target / path.relative_to(folder)
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        path.replace(place)


def _pages(build: Path, lang: str) -> Path:
    return build / "pages" / lang


def _start(publication: Publication, build: Path, lang: str, hold: int) -> subprocess.Popen[str]:
    configuration = build / f"mkdocs.{lang}.yml"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    settings = json.dumps(_settings(publication, build, lang), ensure_ascii=False, indent=2)
    configuration.write_text(settings + "\n", encoding="utf-8")
    return subprocess.Popen(
        bound("mkdocs", "build", "--strict", "--quiet", "--config-file", str(configuration)),
        stdin=hold,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=_environment(publication),
    )


def _environment(publication: Publication) -> dict[str, str]:
    """No clock, no order of a hash table, no notice of what MkDocs will be."""
    midnight = datetime.combine(publication.built_on, time(), tzinfo=UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }


def _settings(publication: Publication, build: Path, lang: str) -> dict[str, Any]:
    """What differs from `mkdocs.yml`: which county, which language, which folders. JSON is YAML."""
    jurisdiction = publication.spec.jurisdiction
    words = Words(publication.spec, lang)
    county = str(clean(words.name(jurisdiction.names)))
    address = jurisdiction.site_url.rstrip("/") + "/" if jurisdiction.site_url else ""
    return {
        "INHERIT": str(CONFIGURATION),
        "site_name": f"{county} · {words.say('明账', 'Mingzhang')}",
        "site_url": address + ("en/" if lang == "en" and address else ""),
        "docs_dir": str((build / "docs" / lang).resolve()),
        "site_dir": str(_pages(build, lang).resolve()),
        "theme": {"language": lang, "custom_dir": str(PROGRAM / "docs" / "templates" / "theme")},
        "nav": [
            {str(words.say("首页", "Home")): "index.md"},
            {str(words.say("部门", "Departments")): "departments/index.md"},
            {str(words.say("钱花在哪", "Where the money goes")): "functions/index.md"},
            {str(words.say("收费", "Fees")): "fees/index.md"},
            {str(words.say("数据", "Data")): "datasets/index.md"},
            {str(words.say("公开情况", "Coverage")): "coverage/index.md"},
            {str(words.say("关于", "About")): "about.md"},
        ],
        "extra": {
            "lang": lang,
            "county": county,
            "product": str(words.say("明账", "Mingzhang")),
            "publisher": str(clean(jurisdiction.publisher)),
            "licence": {"name": str(clean(jurisdiction.licence_name)), "url": web(jurisdiction.licence_url)},
            "built_on": publication.built_on.isoformat(),
        },
    }
