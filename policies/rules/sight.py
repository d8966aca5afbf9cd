"""Who sees what of the policy library and of the questions about it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Role, User
from policies import conflicts
from policies.models import Document, PublishedAnswer, Question, Turn, Version

WRITERS = (Role.OCCE, Role.COUNSEL, Role.PRIVACY_OFFICER, Role.OFFICE_HEAD)
APPROVERS = (Role.COUNSEL, Role.PRIVACY_OFFICER, Role.OFFICE_HEAD)
# Who sees drafts and the clause register beside those who write and approve.
EXAMINERS = (Role.AUDITOR,)
REGISTER_READERS = (Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST, Role.COUNSEL, Role.ADMINISTRATOR)


def documents_for(_user: User) -> QuerySet[Document]:
    """Every policy of which a version was published: everyone who is signed in may read these, coming ones as well."""
    published = Version.objects.filter(document=OuterRef("pk"), status=Version.Status.PUBLISHED)
    return Document.objects.filter(Exists(published)).select_related("owner", "division")


def versions_for(user: User) -> QuerySet[Version]:
    """Published versions for everyone; the others for those who write, approve or examine."""
    versions = Version.objects.select_related("document__owner", "document__division", "author", "approved_by")
    if sees_drafts(user):
        return versions
    return versions.filter(Q(status=Version.Status.PUBLISHED) | Q(document__owner=user) | Q(author=user))


def drafts_for(user: User) -> QuerySet[Version]:
    """The versions this person may see that are still being written, reviewed or wait to be published."""
    return versions_for(user).filter(status__in=Version.OPEN)


def questions_for(user: User) -> QuerySet[Question]:
    """One's own questions, and those that are or were one's turn or of a policy one owns.

    Never one about oneself, or about someone one stands in for today.
    """
    turns = Turn.objects.filter(question=OuterRef("pk"), person=user)
    theirs = Q(asked_by=user) | (Q(Exists(turns)) | Q(document__owner=user)) & ~conflicts.keeps_out(user)
    people = ("asked_by", "holder", "answered_by", "about", "acting_for")
    return Question.objects.filter(theirs).select_related("document__owner", "version", *people)


def answers_for(_user: User) -> QuerySet[PublishedAnswer]:
    """What was published of questions and answers and not withdrawn: for everyone who is signed in."""
    return PublishedAnswer.objects.filter(withdrawn_at=None).select_related("document")


def answers_within_reach(user: User) -> QuerySet[PublishedAnswer]:
    """What everyone reads, and for a policy's owner what was withdrawn as well."""
    theirs = PublishedAnswer.objects.filter(Q(withdrawn_at=None) | Q(document__owner=user))
    return theirs.select_related("document", "question")


def in_force_on(document: Document, day: date) -> Version | None:
    """The version that applied on a day: the newest whose day had come; with who approved and published it."""
    published = document.versions.filter(status=Version.Status.PUBLISHED, effective_on__lte=day)
    return published.select_related("approved_by", "published_by").order_by("-effective_on", "-number").first()


def sees_drafts(user: User) -> bool:
    """Whether drafts of every policy are open to this person."""
    return user.has_role(*WRITERS, *EXAMINERS)


def writes_somewhere(user: User) -> bool:
    """Whether this person writes or examines policies, or has a draft of their own policy."""
    return sees_drafts(user) or drafts_for(user).exists()


def sees_original(user: User, version_id: int) -> bool:
    """Whether this person may open the file a version was imported from: as its drafts, the policy's owner included."""
    return sees_drafts(user) or Version.objects.filter(pk=version_id, document__owner=user).exists()


def sees_register(user: User) -> bool:
    """Whether the clause register is open to this person: those who examine, advise, decide and administer.

    Not those who lead: from live totals they could tell that somebody has just reported being asked for an account.
    """
    return user.has_role(*EXAMINERS, *REGISTER_READERS)
