"""What a verification says of a row that is not as it was written."""

from dataclasses import dataclass
from datetime import timedelta

# No transaction of the portal's lasts longer, so what is older than this must be signed.
LONGEST_TRANSACTION = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One row and, in a sentence, what is wrong with it."""

    row: str
    problem: str

    def __str__(self) -> str:
        return f"{self.row}: {self.problem}"
