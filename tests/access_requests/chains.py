"""What the tests of odd chains of command say of a request and its chain."""

from access_requests.models import AccessRequest
from access_requests.operations import deciding
from people.models import User
from tests.access_requests.stage import as_it_stands, now, open_turn


def under(person: User, superior: User | None) -> None:
    """The directory places someone under another superior."""
    User.objects.filter(pk=person.pk).update(supervisor=superior)


def why(request: AccessRequest) -> str:
    """What the page says about why it falls to whoever has it."""
    turn = open_turn(request)
    return turn.why if turn else ""


def approved_up_to_the_end(request: AccessRequest) -> list[str]:
    """Everyone who still had to approve, in order."""
    names = []
    while turn := open_turn(request):
        names.append(turn.named)
        request = deciding.approve(as_it_stands(request), actor=now(turn.person))
    assert request.status == AccessRequest.Status.APPROVED
    return names
