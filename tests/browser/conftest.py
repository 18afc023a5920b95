"""The sample county as a whole site, served on this machine, and Debian's chromium to look at it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from etl.publish.data import write_data
from etl.publish.feed import write_feeds
from etl.publish.pages import assemble
from etl.publish.public import make_public
from etl.publish.release_files import write_releases
from etl.publish.site import build_site
from etl.publish.sitemap import write_sitemap
from etl.warehouse import Warehouse
from tests.publish.sample_publication import make_publication

CHROMIUM = Path("/usr/bin/chromium")
"""Playwright's own browser cannot be had everywhere; `make system` installs Debian's."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages and data of the sample county, built as a publish builds them."""
    publication = make_publication()
    build = tmp_path_factory.mktemp("build")
    with Warehouse(publication.spec, publication.submissions, publication.facts) as warehouse:
        write_data(publication, warehouse, build / "site" / "data")
    write_releases(make_public(publication), build / "site" / "data")
    write_feeds(make_public(publication), build / "site")
    assemble(publication, build)
    build_site(publication, build, build / "site")
    write_sitemap(make_public(publication), build / "site")
    return build / "site"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """A folder on this machine; its address ends in `/`."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The sample county's site as it lies on a county's server."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is not there: `make system` installs it (Debian packages chromium, fonts-noto-cjk)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


class Watch:
    """What went wrong while a page was looked at."""

    def __init__(self, page: Page, address: str) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self._note(message.type == "error", f"console: {message.text}"))
        page.on("pageerror", lambda error: self._note(True, f"error: {error}"))
        page.on("dialog", lambda dialog: (self._note(True, "a dialog"), dialog.dismiss()))
        page.on("response", lambda answer: self._note(answer.status >= 400, f"{answer.status}: {answer.url}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("request", lambda request: self._note(not request.url.startswith(address), f"foreign: {request.url}"))

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.problems.append(what)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that must ask nothing of a foreign host and complain of nothing."""
    opened = context.new_page()
    watch = Watch(opened, address)
    yield opened
    assert watch.problems == []
