"""How often each clause was refused on: a row a clause and day, which is all that is kept of a refused text."""

from django.db import models


class Tally(models.Model):
    """The refusals of one clause on one day of the department's calendar."""

    clause = models.CharField(max_length=20)
    day = models.DateField()
    refusals = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "day"], name="tally_of_a_clause_and_day")]

    def __str__(self) -> str:
        return f"{self.clause} {self.day}"
