"""`sitemap.xml` and `robots.txt`. In: Public and the finished pages. Out: two files in the root of the site.

A page is listed once in each language, each time with the way to the other; the day is that of the latest file it was
made from. Pages of documents are not listed: they are by the thousand, and lead from the pages that are. Where the
county does not say where its site stands there can be no sitemap, since it takes whole addresses: then the empty one
that MkDocs writes goes away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from etl.publish.places import dataset_page, department_page, is_document
from etl.publish.public import Public

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
_HREFLANG = {"zh": "zh-Hans", "en": "en"}


def write_sitemap(public: Public, site: Path) -> None:
    """Write both files, in place of what MkDocs wrote."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        for folder in (site, site / "en"):
            (folder / name).unlink(missing_ok=True)
    robots = ["User-agent: *", "Allow: /"]
    if public.jurisdiction.site_url:
        root = public.jurisdiction.site_url.rstrip("/") + "/"
        tree = make_sitemap(root, tuple(pages(site)), days(public))
        ElementTree.indent(tree)
        (site / "sitemap.xml").write_bytes(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n")
        robots.append(f"Sitemap: {root}sitemap.xml")
    (site / "robots.txt").write_text("\n".join(robots) + "\n", "utf-8")


def pages(site: Path) -> Iterator[str]:
    """Addresses of the pages that are there in Chinese, from the root; in order."""
    for path in sorted(one.parent for one in site.rglob("index.html")):
        page = path.relative_to(site).as_posix()
        if page.partition("/")[0] == "en" or is_document(f"{page}/"):
            continue
        if (site / "en" / page / "index.html").exists():
            yield "" if page == "." else f"{page}/"


def days(public: Public) -> dict[str, str]:
    """By page, the day of the latest file it was made from; by the empty page, that of the latest of all."""
    latest: dict[str, str] = {}
    for one in public.standing:
        day = one.submission.receipt.received_on
        for page in (department_page(one.place.department_code), dataset_page(one.place.table_id), ""):
            latest[page] = max(latest.get(page, ""), day)
    return latest


def make_sitemap(root: str, pages: tuple[str, ...], days: dict[str, str]) -> ElementTree.Element:
    """The sitemap as an XML tree; `days` has those of single pages and, under the empty page, of all others."""
    ElementTree.register_namespace("xhtml", XHTML)
    tree = ElementTree.Element("urlset", xmlns=SITEMAP)
    for page in pages:
        addresses = {"zh": f"{root}{page}", "en": f"{root}en/{page}"}
        for address in addresses.values():
            entry = ElementTree.SubElement(tree, "url")
            ElementTree.SubElement(entry, "loc").text = address
            if day := days.get(page) or days.get(""):
                ElementTree.SubElement(entry, "lastmod").text = day
            for lang, other in addresses.items():
                ElementTree.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=_HREFLANG[lang], href=other)
    return tree
