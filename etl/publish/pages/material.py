"""What pages are drawn from, gathered once for both languages. In: Publication. Out: Material."""

from __future__ import annotations

from dataclasses import dataclass

from etl.publish.public import Public, make_public
from etl.publish.publication import Publication
from etl.publish.views.datasets import DatasetView, view_dataset
from etl.publish.views.functions import FunctionView, view_functions
from etl.publish.views.rulebook import RuleBookView
from etl.publish.views.shelf import Shelf, make_shelf


@dataclass(frozen=True, slots=True)
class Material:
    """What may be seen, and what several pages show of it."""

    public: Public
    shelf: Shelf
    datasets: tuple[DatasetView, ...]
    functions: tuple[FunctionView, ...]
    book: RuleBookView


def gather(publication: Publication) -> Material:
    """Leave out what may not be seen, then look at the rest."""
    public = make_public(publication)
    shelf = make_shelf(public)
    datasets = tuple(view_dataset(public, shelf, table) for table in public.spec.tables.values())
    return Material(public, shelf, datasets, view_functions(shelf), RuleBookView(public.spec))
