"""`review/watch/`: reports on files that came in since the last publish, in the frame of the review site.

In comes a publication of what was checked and stands nowhere yet; out come the files of the folder by path, as bytes.
They lead to pages of the review site above them, and nothing there leads to them: a publish may take them away.

    index.html                           what came in, and what became of it
    <submission_id>/index.html           the letter to the clerk, with the marked copy beside it
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.publish.letter_files import letters_of
from etl.publish.publication import Publication
from etl.publish.review_page import MARKED_COPY, environment_of


def make_reports(publication: Publication, copies: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything in the folder; `copies` are marked copies by submission."""
    environment = environment_of(publication.spec, publication.built_on)
    letters = tuple(letters_of(publication, copies.keys()))
    page, listing = environment.get_template("submission.html"), environment.get_template("landed.html")
    files = {"index.html": f"{listing.render(letters=letters, up='../')}\n".encode()}
    for letter in letters:
        submission_id = letter.submission.submission_id
        files[f"{submission_id}/index.html"] = f"{page.render(letter=letter, up='../../', landed=True)}\n".encode()
        if submission_id in copies:
            files[f"{submission_id}/{MARKED_COPY}"] = copies[submission_id]
    return files
