"""The library's documents and versions, and the questions asked about them."""

from policies.models.library import Contribution, Document, Passage, Remark, Version
from policies.models.questions import PublishedAnswer, Question, Turn
from policies.models.tally import Tally

__all__ = [
    "Contribution",
    "Document",
    "Passage",
    "PublishedAnswer",
    "Question",
    "Remark",
    "Tally",
    "Turn",
    "Version",
]
