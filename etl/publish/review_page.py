"""A page of the review site from its template. In: a template's name and values. Out: a file, without JavaScript.

What a page may ask for beside its values: the declarations, the day of the build, and how fates and findings are said.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from etl.layout import PROGRAM
from etl.publish.words import clean
from etl.spec.model import Spec
from etl.wording import OUTCOMES, SEVERITIES, name_status

TEMPLATES = PROGRAM / "docs" / "review"
MARKED_COPY = "marked.xlsx"
"""Name of the marked copy in the folder of its submission."""
RECEIPT = "receipt.txt"
"""Name of the receipt, beside it."""


def environment_of(spec: Spec, built_on: date) -> jinja2.Environment:
    """The templates of the review site."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "spec": spec,
        "built_on": built_on.isoformat(),
        "severities": SEVERITIES,
        "outcomes": OUTCOMES,
        "marked_copy": MARKED_COPY,
        "receipt": RECEIPT,
        "name_status": name_status,
    }
    return environment


def submission_folder(folder: Path, submission_id: str) -> Path:
    """Where the page of a submission and its marked copy lie."""
    return folder / "submissions" / submission_id


def write_page(
    environment: jinja2.Environment, template: str, values: Mapping[str, Any], path: Path, *, up: str
) -> None:
    """Write one page, making its folder where there is none; `up` leads from it to the root of the site."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(environment.get_template(template).render(values, up=up) + "\n", "utf-8")
