"""Who asked for access to social media, who decided, what was set up and what is over."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from access_requests import routing
from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, ending, feeding, granting, reviewing, turns
from access_requests.operations.asking import Wish
from access_requests.operations.granting import Provision
from demo import days
from demo.teller import Teller
from demo.wishes import WISHES, Wished
from people.models import Delegation, User
from workflow import clock
from workflow.calendar import add_business_days

# Shorter than the most a grant may last, so that a request told late is never too long.
LONGEST = timedelta(days=80)
READ_MINUTES_AGO = 4
EVERYWHERE = ("Proxy group social-{}", "Proxy at the data center")


def tell(teller: Teller) -> None:
    """Every request, the oldest first, then the reviews that are due and the machine that reads the list."""
    for wished in sorted(WISHES, key=lambda each: -each.back):
        Errand(teller, wished).run()
    with clock.held_at(_some_days_ago(teller, 1)):
        reviewing.ask_for_reviews()
    _let_a_machine_read(teller)


class Errand:
    """One request on its way, business day by business day, from when it was written to how it stands today."""

    def __init__(self, teller: Teller, wished: Wished) -> None:
        self.teller = teller
        self.wished = wished
        self.back, self.minutes = wished.back, teller.chance.randrange(60)
        self.person = _someone(teller, wished.who)
        self.engineer = teller.personas["it-security"]
        self.request = self._written()

    def run(self) -> None:
        """Whatever became of it."""
        if self.wished.fate == "draft":
            return
        with self._held():
            self.request = asking.submit(self.request, actor=self.person)
        getattr(self, f"_{self.wished.fate}")()

    def _written(self) -> AccessRequest:
        with self._held():
            today = clock.today()
            ends_on = max(self.teller.today + timedelta(days=self.wished.left), today + timedelta(days=7))
            purpose = self.wished.purpose
            wish = Wish(
                list(purpose.sites),
                purpose.wanted,
                purpose.task,
                purpose.why_sign_in,
                case_number=self.wished.case,
                starts_on=max(today, ends_on - LONGEST),
                ends_on=ends_on,
                device=f"LT-{self.person.employee_number}",
            )
            number = uuid.UUID(int=self.teller.chance.getrandbits(128))
            return asking.start(wish, actor=self.person, submission=number)

    # --- What becomes of one

    def _sent(self) -> None:
        """It waits for the first link."""

    def _passed_on(self) -> None:
        self._approve_once()

    def _passed_on_twice(self) -> None:
        self._approve_once()
        self._approve_once()

    def _escalated(self) -> None:
        with self._held(later_days=4):
            turns.move_on(self.request)

    def _approved(self) -> None:
        while routing.open_turn(self.request):
            self._approve_once()

    def _active(self) -> None:
        self._approved()
        self._grant()

    def _narrowed(self) -> None:
        with self._held(later_days=1):
            until = (self.request.until or clock.today()) - timedelta(weeks=3)
            self._decide(until=until, sites=self.request.granted_sites[:1], words=self.wished.words)
        self._active()

    def _stood_in(self) -> None:
        """The first link is away for a week, and whoever stands in decides in their name."""
        turn = self._turn()
        stand_in = _someone(self.teller, "DDS-CON 1")
        with self._held(later_days=1):
            first, last = clock.today(), clock.today() + timedelta(days=4)
            reason = Delegation.Reason.LEAVE
            Delegation.objects.create(
                delegator=turn.person, delegate=stand_in, starts_on=first, ends_on=last, reason=reason
            )
            turns.move_on(self.request)
            self._decide()
        self._active()

    def _returned(self) -> None:
        with self._held(later_days=1):
            person, code = self._turn().person, Turn.Code.SITES
            self.request = deciding.give_back(self.request, actor=person, code=code, words=self.wished.words)

    def _declined(self) -> None:
        with self._held(later_days=1):
            person = self._turn().person
            self.request = deciding.decline(self.request, actor=person, words=self.wished.words)

    def _withdrawn(self) -> None:
        with self._held(later_days=1):
            asking.withdraw(self.request, actor=self.person)

    def _expired(self) -> None:
        self._active()
        last = self.request.until or clock.today()
        with clock.held_at(days.morning(last + timedelta(days=1))):
            ending.expire()
        with clock.held_at(days.morning(add_business_days(last, 1), later=200)):
            self._remove()

    def _finished(self) -> None:
        self._active()
        self.back = 2
        with self._held(later_days=1):
            self.request = ending.finish(self.request, actor=self.person)

    def _finished_and_removed(self) -> None:
        self._active()
        with self._held(later_days=9):
            self.request = ending.finish(self.request, actor=self.person)
        with self._held(later_days=1):
            self._remove()

    def _revoked(self) -> None:
        """Its removal has been due for days."""
        self._active()
        self.back = 5
        with self._held(later_days=1):
            officer = self.teller.personas["privacy-officer"]
            self.request = ending.revoke(self.request, actor=officer, words=self.wished.words)

    def _in_review(self) -> None:
        """The review is asked for when all has been told."""
        self._active()

    def _kept(self) -> None:
        self._active()
        day = self.request.review_on or clock.today()
        with clock.held_at(days.morning(day)):
            reviewing.ask_for_reviews()
        with clock.held_at(days.morning(add_business_days(day, 1))):
            self.request = reviewing.keep(self.request, actor=self._turn().person)

    # --- The steps

    def _approve_once(self) -> None:
        with self._held(later_days=1):
            self._decide()

    def _decide(self, *, until: date | None = None, sites: list[str] | None = None, words: str = "") -> None:
        person = self._turn().person
        self.request = deciding.approve(self.request, actor=person, until=until, sites=sites, words=words)

    def _grant(self) -> None:
        with self._held(later_days=1):
            what, where = EVERYWHERE
            provision = Provision(what.format(self.request.pk), where, clock.today())
            self.request = granting.grant(self.request, provision, actor=self.engineer)

    def _remove(self) -> None:
        self.request = granting.remove(self.request, actor=self.engineer, where=EVERYWHERE[1], on=clock.today())

    def _turn(self) -> Turn:
        turn = routing.open_turn(self.request)
        if turn is None:
            raise LookupError(self.request)
        return turn

    @contextmanager
    def _held(self, *, later_days: int = 0) -> Iterator[None]:
        """The morning of so many business days after the last step, some minutes later than it."""
        self.back -= later_days
        self.minutes += 2
        with clock.held_at(_some_days_ago(self.teller, self.back) + timedelta(minutes=self.minutes)):
            yield


def _let_a_machine_read(teller: Teller) -> None:
    engineer = teller.personas["it-security"]
    with clock.held_at(_some_days_ago(teller, 20)):
        token, _ = feeding.make_token("Proxy at the data center", actor=engineer)
    with clock.held_at(teller.now - timedelta(minutes=READ_MINUTES_AGO)):
        feeding.note_reading(token)


def _someone(teller: Teller, who: str) -> User:
    """A persona, or one of a unit's staff, counted from one; its head is not counted."""
    if who in teller.personas:
        return teller.personas[who]
    code, _, number = who.partition(" ")
    staff = [each for each in teller.staff if each.unit and each.unit.code == code and each.unit.head_id != each.pk]
    cast = {person.pk for person in teller.personas.values()}
    return [each for each in staff if each.pk not in cast][int(number) - 1]


def _some_days_ago(teller: Teller, back: int) -> datetime:
    return days.morning(days.business_days_before(teller.today, back))
