"""`data/catalog.ttl`: the catalogue as Turtle. In: the JSON-LD value of `dcat`. Out: text.

The statements are the same; rdflib turns one into the other and sorts them. Addresses that were relative stay so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_NOWHERE = "http://data.invalid/1/data/"
"""What relative addresses are taken to begin with while rdflib, which knows only whole ones, has them in hand."""


def turtle(catalogue: Mapping[str, Any]) -> str:
    """The same statements as Turtle."""
    from rdflib import Graph  # a third of a second, and only a publish needs it

    read = Graph().parse(data=json.dumps(catalogue), format="json-ld", publicID=_NOWHERE)
    ordered = Graph()
    for prefix, address in catalogue["@context"].items():
        ordered.bind(prefix, address, replace=True)
    for statement in sorted(read):
        ordered.add(statement)
    text = ordered.serialize(format="turtle")
    return text.replace(f"<{_NOWHERE}", "<").replace(f"<{_NOWHERE.removesuffix('data/')}", "<../")
