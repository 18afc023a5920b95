"""What one document says against another: carry-over, published budgets, copies, jumps. Asks the warehouse.

In come submissions that have been judged, each alone; out come findings and outcomes by submission. Which figures are
compared is in `schemas/rules-documents.yml`; how they are found is one SQL file for each kind; what a difference means
is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from etl.documents.across import figures_across
from etl.documents.copies import same_figures
from etl.documents.county import county_share
from etl.documents.listed import listed_in
from etl.documents.result import Key, Said
from etl.documents.tables import Known
from etl.documents.units import units_together
from etl.spec.model import Rule, Spec
from etl.table import Submission

if TYPE_CHECKING:
    from etl.warehouse import Warehouse

__all__ = ["KINDS", "Key", "Said", "compare"]

Kind = Callable[[Rule, "Warehouse", Known, Spec], Mapping[Key, Said]]

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "figures-across": figures_across,
        "same-figures": same_figures,
        "units-together": units_together,
        "county-share": county_share,
        "listed-in": listed_in,
    }
)
"""Kinds of rules between documents. Closed: a new comparison is data, a new kind is a decision."""


def compare(warehouse: Warehouse, submissions: Sequence[Submission], spec: Spec) -> dict[Key, Said]:
    """Run every rule between documents on what stands; by key of the submission a finding concerns."""
    known = Known(submissions)
    said: dict[Key, Said] = {}
    for rule in spec.between_documents:
        for key, found in KINDS[rule.kind](rule, warehouse, known, spec).items():
            said[key] = said.get(key, Said()) + found
    return said
