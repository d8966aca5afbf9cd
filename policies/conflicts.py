"""Who is kept from a question about a supervisor: that supervisor, and whoever stands in for them today."""

from django.db.models import Exists, OuterRef, Q

from people.models import Delegation, User
from policies.models import Question
from workflow import clock


def kept_from(question: Question) -> set[int]:
    """The ids of those who must not see, have, answer or hear of this question; never whoever asked it."""
    if question.about_id is None:
        return set()
    stands_in = Delegation.objects.covering(clock.today()).filter(delegator=question.about_id)
    return {question.about_id, *stands_in.values_list("delegate", flat=True)} - {question.asked_by_id}


def keeps_out(user: User) -> Q:
    """The questions this person is kept from."""
    stands_in = Delegation.objects.covering(clock.today()).filter(delegate=user, delegator=OuterRef("about"))
    return Q(about__isnull=False) & (Q(about=user) | Q(Exists(stands_in)))


def keeps_out_holder() -> Q:
    """The questions in the hands of someone who has come to stand in for the supervisor they are about."""
    stands_in = Delegation.objects.covering(clock.today()).filter(
        delegate=OuterRef("holder"), delegator=OuterRef("about")
    )
    return Q(about__isnull=False) & Q(Exists(stands_in))
