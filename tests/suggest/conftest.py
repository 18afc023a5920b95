from __future__ import annotations

import hashlib
from importlib import import_module

import pytest

from etl.demo import Plan, make
from etl.layout import Layout
from etl.spec import load
from etl.spec.model import Spec
from etl.table import Receipt
from tests.suggest.planting import Document

examine_room = import_module("etl.pipeline.examine")  # the package shows the verb of the same name

_WHOLE = 5
"""Tables of a submission in which a slip in one shows in others."""


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Spec, tuple[Document, ...]]:
    """The departments of a made county, every document right: national forms and Yunnan's, in 元 and in 万元."""
    root = tmp_path_factory.mktemp("county")
    make(root, Plan(departments=6, years=1, seed=7, share=10**6))
    layout, spec = Layout(root), load(Layout(root))
    documents = []
    for path in sorted(layout.inbox.rglob("*.xls*")):
        data = path.read_bytes()
        receipt = Receipt(path.name, hashlib.sha256(data).hexdigest(), "2025-01-01", len(data), path)
        documents += [
            Document(submission.tables, submission.identity)
            for submission in examine_room.examine(receipt, spec)
            if len(submission.tables) >= _WHOLE
        ]
    return spec, tuple(documents)
