"""Projects of departments. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import projects_page
from etl.publish.render import Page
from etl.publish.views.projects import view_projects
from etl.publish.words import Words

FIRST = 20
"""Projects of the latest year that stand on the first page."""


def pages(material: Material, words: Words) -> Iterator[Page]:
    """The first page says what there is, or why there is nothing; then a page for each year."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    years = view_projects(material.shelf)
    about = words.say(
        "{county}各部门预算里的项目：名称、类别、金额。",
        "Projects in the budgets of departments of {county}: name, kind, amount.",
        county=county,
    )
    values = {"public": public, "years": years, "first": FIRST}
    yield Page("projects/", "projects.html", words.say("项目", "Projects"), about, {**values, "has_children": True})
    for year in years:
        title = words.say("{y} 年项目", "Projects {y}", y=year.year)
        yield Page(projects_page(year.year), "projects-year.html", title, about, {**values, "view": year})
