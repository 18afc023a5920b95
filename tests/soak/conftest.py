from __future__ import annotations

import random

import pytest

from tests.soak.county import County
from tests.soak.moments import Moments


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Moments:
    """A county that was published once."""
    one = Moments(County(tmp_path_factory.mktemp("county") / "county", random.Random(20261123)))
    one.county.root.mkdir()
    one.begin()
    return one
