from __future__ import annotations

import dataclasses
from pathlib import Path
from xml.etree import ElementTree

import pytest

from etl.publish.public import make_public
from etl.publish.sitemap import SITEMAP, XHTML, write_sitemap
from tests.publish.builders import publication, spec, submission

SITE_URL = "https://open.example.org/fuyuan"
PAGES = ("", "about", "departments/101", "departments/101/2024-final-account", "datasets/expenditure")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for lang in ("", "en"):
        for page in PAGES:
            folder = tmp_path / lang / page
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.html").write_text("", "utf-8")
        (tmp_path / lang / "sitemap.xml").write_text("<urlset/>", "utf-8")
        (tmp_path / lang / "sitemap.xml.gz").write_bytes(b"")
    (tmp_path / "404.html").write_text("", "utf-8")
    return tmp_path


def test_every_page_stands_in_both_languages_with_its_day(site: Path) -> None:
    declared = spec()
    told = dataclasses.replace(declared, jurisdiction=dataclasses.replace(declared.jurisdiction, site_url=SITE_URL))
    files = submission("a"), submission("b", code="102", received_on="2025-09-01", tables=())
    write_sitemap(make_public(publication(*files, spec=told)), site)
    tree = ElementTree.parse(site / "sitemap.xml").getroot()
    name = {"s": SITEMAP, "x": XHTML}
    entries = {
        entry.findtext("s:loc", "", name): (
            entry.findtext("s:lastmod", "", name),
            {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", name)},
        )
        for entry in tree.findall("s:url", name)
    }
    pages = ("", "about/", "datasets/expenditure/", "departments/101/")
    assert list(entries) == [f"{SITE_URL}/{lang}{page}" for page in pages for lang in ("", "en/")]
    for page in pages:
        both = {"zh-Hans": f"{SITE_URL}/{page}", "en": f"{SITE_URL}/en/{page}"}
        assert [entries[address][1] for address in both.values()] == [both, both]
    assert {day for day, _ in entries.values()} == {"2025-08-01"}
    assert (site / "robots.txt").read_text("utf-8").splitlines()[-1] == f"Sitemap: {SITE_URL}/sitemap.xml"
    assert not list(site.rglob("sitemap.xml.gz"))
    assert not (site / "en" / "sitemap.xml").exists()


def test_without_an_address_there_is_no_sitemap(site: Path) -> None:
    write_sitemap(make_public(publication()), site)
    assert not list(site.rglob("sitemap.xml*"))
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")
