"""The words a report is made of, as the policy and the people who report use them."""

from django.db.models import Q, TextChoices


class Status(TextChoices):
    """Where an incident stands."""

    REPORTED = "reported", "Reported"
    IN_TRIAGE = "in_triage", "In triage"
    UNDER_REVIEW = "under_review", "Under review"
    SUBSTANTIATED = "substantiated", "Substantiated"
    UNSUBSTANTIATED = "unsubstantiated", "Unsubstantiated"
    NEAR_MISS = "near_miss", "Near miss"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"
    MERGED = "merged", "Merged"


DECIDED = frozenset({Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS})
UNDECIDED = frozenset({Status.REPORTED, Status.IN_TRIAGE, Status.UNDER_REVIEW, Status.REOPENED})
# What still asks for something, in the words the index incident_open_by_due has it: other words would not find it.
UNSETTLED = ~Q(status__in=[Status.CLOSED, Status.MERGED])
# What the clause register counts, each in the words of an index that finds the first thousand by themselves.
NAMES_A_PLATFORM = ~Q(platform="")
NAMES_INFORMATION = ~Q(information=[])
ASKED_FOR_LOGIN = Q(kind="asked", asked_for__contains=["login"])
ASKED_FOR_SETTINGS = Q(kind="asked", asked_for__overlap=["privacy", "contacts"])
ASKED_TO_ADD = Q(kind="asked", asked_for__contains=["add"])
STATUS_TAGS = {
    Status.REPORTED: "waiting",
    Status.IN_TRIAGE: "active",
    Status.UNDER_REVIEW: "active",
    Status.SUBSTANTIATED: "info",
    Status.UNSUBSTANTIATED: "info",
    Status.NEAR_MISS: "info",
    Status.CLOSED: "neutral",
    Status.REOPENED: "waiting",
    Status.MERGED: "neutral",
}


class Kind(TextChoices):
    """What kind of report this is."""

    EXPOSURE = "exposure", "Confidential information was exposed"
    ASKED = "asked", "I was asked for my account"
    DHS_EMAIL = "dhs_email", "A DHS e-mail is used for a personal account"
    IMPERSONATION = "impersonation", "An account pretends to be DHS"
    NEAR_MISS = "near_miss", "Near miss: nothing got out, but it could have"
    OTHER = "other", "Something else"


class Outsider(TextChoices):
    """Who reports without signing in."""

    APPLICANT = "applicant", "I applied for a job at DHS"
    EMPLOYEE = "employee", "I work at DHS"
    OTHER = "other", "Neither"


OUTSIDERS = {
    Outsider.APPLICANT: "An applicant, without signing in",
    Outsider.EMPLOYEE: "A DHS employee, without signing in",
    Outsider.OTHER: "Someone outside DHS",
}


class Severity(TextChoices):
    """How bad it is, as a person decided."""

    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


SEVERITY_TAGS = {
    Severity.LOW: "neutral",
    Severity.MODERATE: "info",
    Severity.HIGH: "warning",
    Severity.CRITICAL: "danger",
}


class Visibility(TextChoices):
    """Who could see the post: II(A)(1)."""

    PUBLIC = "public", "Anyone"
    GROUP = "group", "Members of a group"
    PRIVATE = "private", "Followers or friends only"
    MESSAGE = "message", "People in a message or chat"
    STORY = "story", "A story that disappears"
    UNKNOWN = "unknown", "I do not know"


class YesNo(TextChoices):
    """An answer that may honestly be unknown."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "I do not know"


class Verb(TextChoices):
    """The four ways of asking that II(B) forbids."""

    REQUIRED = "required", "Required me to"
    REQUESTED = "requested", "Asked me to"
    SUGGESTED = "suggested", "Suggested that I"
    CAUSED = "caused", "Left me no choice but to"


class AskedFor(TextChoices):
    """What was asked for: II(B)(1) to (3)."""

    LOGIN = "login", "Give my username or password"
    PRIVACY = "privacy", "Change my privacy settings"
    CONTACTS = "contacts", "Share or list my contacts"
    ADD = "add", "Add someone from DHS as a contact"


class Information(TextChoices):
    """Kinds of confidential information: II(A)(2)."""

    MEDICAL = "medical", "Medical information"
    HEALTH = "health", "Health information"
    PERSONAL = "personal", "Personal information"
    PHOTOGRAPH = "photograph", "Photograph"
    AUDIO = "audio", "Audio recording"
    VIDEO = "video", "Video recording"
    CASE = "case", "Case information"
    EMPLOYEE = "employee", "Information about another employee"


class Affected(TextChoices):
    """Whose information it is."""

    CLIENTS = "clients", "Clients"
    PATIENTS = "patients", "Patients"
    MINORS = "minors", "Children under 18"
    PARTNERS = "partners", "Partners or providers"
    EMPLOYEES = "employees", "DHS employees"


class Range(TextChoices):
    """How many people, where nobody has counted."""

    ONE = "1", "1"
    FEW = "2-9", "2 to 9"
    TENS = "10-99", "10 to 99"
    HUNDREDS = "100-499", "100 to 499"
    MANY = "500+", "500 or more"
    UNKNOWN = "unknown", "I do not know"


class Programme(TextChoices):
    """Programmes whose records bring duties of their own."""

    MEDICAID = "medicaid", "Medicaid"
    SNAP = "snap", "SNAP"
    FTI = "fti", "Federal tax information"
    SSA = "ssa", "Social Security Administration data"
    SUD = "sud", "Substance-use treatment records"


class HowFound(TextChoices):
    """How it came to light."""

    SAW = "saw", "I saw it myself"
    COLLEAGUE = "colleague", "A colleague told me"
    CLIENT = "client", "A client or their family told me"
    PUBLIC = "public", "Someone outside DHS told me"
    MINE = "mine", "It was my own post or mistake"
    OTHER = "other", "Another way"


class Ground(TextChoices):
    """Why an incident is found unsubstantiated or a near miss."""

    NOT_CONFIDENTIAL = "not_confidential", "Nothing confidential was in it"
    NOT_EXPOSED = "not_exposed", "Nobody outside could see it"
    NOT_DHS = "not_dhs", "It does not concern DHS"
    NO_EVIDENCE = "no_evidence", "No evidence that it happened"
    DUPLICATE = "duplicate", "Already handled under another number"
    ALTERED = "altered", "The picture or recording was blurred or altered"
