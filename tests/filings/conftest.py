"""The seven filings as a jurisdiction, and examined once for every test that looks at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.layout import Layout
from etl.pipeline import Work, check
from etl.spec import load
from etl.table import Submission
from tests.filings.putuo import FILINGS, make_putuo


@pytest.fixture(scope="session")
def putuo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The jurisdiction folder; skipped where the filings are not there."""
    if not FILINGS.is_dir():
        pytest.skip("the real filings are not here")
    return make_putuo(tmp_path_factory.mktemp("putuo"))


@pytest.fixture(scope="session")
def examined(putuo: Path) -> dict[str, Submission]:
    """Every filing, read and checked, by name."""
    layout = Layout(putuo)
    spec = load(layout)
    paths = sorted(layout.inbox.iterdir())
    stock = check(paths, spec, layout, Work())
    return {path.stem: submission for path, submission in zip(paths, stock.submissions, strict=True)}
