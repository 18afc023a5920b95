"""A form nobody has declared yet: what a template file for it would say, for a person to edit.

    sheet -> blocks -> header (by words, else by structure) -> nearest form -> guesses -> Proposal -> tried -> YAML

Takes a file and the declarations; gives Proposals and their text. Writes no file, publishes nothing, and decides
nothing: a label that it cannot place stays in the text as an entry to be named, and is never put among the ignored.
"""

from etl.learn.study import Lesson, study
from etl.learn.values import Proposal
from etl.learn.write import write

__all__ = ["Lesson", "Proposal", "study", "write"]
