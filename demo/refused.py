"""What people tried and were refused in the past months, as the clause register counts it."""

import random
from datetime import timedelta

from policies import tally
from policies.clauses import Clause
from workflow import clock

# How often each clause refuses someone on a usual working day.
OFTEN = {
    Clause.II_A: 0.12,
    Clause.II_A_1: 0.2,
    Clause.II_A_2: 0.03,
    Clause.II_A_3: 0.35,
    Clause.II_B_1: 0.15,
    Clause.II_B_3: 0.02,
    Clause.II_F: 0.05,
    Clause.II_I: 0.1,
    Clause.III_STAY: 0.08,
}
DAYS_BACK = 120
SATURDAY = 5


def tell(chance: random.Random) -> None:
    """Refusals by chance on the working days behind us."""
    now = clock.now()
    for back in range(1, DAYS_BACK):
        day = now - timedelta(days=back)
        refused = [clause for clause, often in OFTEN.items() if chance.random() < often]
        if refused and day.weekday() < SATURDAY:
            with clock.held_at(day):
                tally.count(refused)
