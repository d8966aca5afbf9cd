"""What employees of the demonstration ask to use social media at work for, and what became of it; all made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """What someone wants to look at and what for, the task it belongs to, why signed in, and on which sites."""

    sites: tuple[str, ...]
    wanted: str
    task: str
    why_sign_in: str


CARDS = Purpose(
    ("Facebook", "Nextdoor"),
    "Posts that offer benefit cards for cash, to see which of them name our county.",
    "I prepare referrals of card trafficking for this fraud case.",
    "The groups in which these offers appear show their posts to members only.",
)
HOUSEHOLD = Purpose(
    ("Facebook",),
    "The public profile named in a tip, to see whether it says who lives in the household.",
    "I verify the household in an overpayment claim.",
    "The profile asks visitors to sign in after a few lines.",
)
SELLERS = Purpose(
    ("Facebook", "Reddit"),
    "Advertisements for forged notices of approval, to record who sells them.",
    "I collect evidence for a referral of forged documents.",
    "Prices and sellers are shown after sign-in only.",
)
RELATIVES = Purpose(
    ("Facebook", "Instagram"),
    "Profiles of adult relatives who could be asked to take a child in.",
    "I search for relatives, as the court has ordered within thirty days.",
    "Friends and family ties are hidden without sign-in.",
)
MISSING = Purpose(
    ("Instagram", "Snapchat", "TikTok"),
    "Recent posts that may show where a young person who ran away is staying.",
    "I work with law enforcement on a missing youth in our care.",
    "Stories disappear after a day and cannot be seen without an account.",
)
SCAM = Purpose(
    ("Facebook", "Nextdoor"),
    "Messages and pages with which strangers press an older adult for money.",
    "I investigate a report of financial exploitation of an adult.",
    "The pages that are named in the report are closed to visitors.",
)
THREAT = Purpose(
    ("Facebook", "X"),
    "Posts that threaten a facility, to judge how serious they are.",
    "I keep the safety log after threats against one of our buildings.",
    "Replies to the posts are shown to signed-in readers only.",
)
PICTURES = Purpose(
    ("Snapchat", "TikTok"),
    "Short films that are said to show the inside of a residential center.",
    "I check a report of pictures taken on the wards.",
    "Films that were reported are shown after confirming an age.",
)
PROVIDER = Purpose(
    ("Facebook", "LinkedIn"),
    "The pages of a provider, to compare its advertised staff and hours with its application.",
    "I verify what an applicant for enrollment has told us.",
    "Employees and earlier positions are visible after sign-in only.",
)
CARE_HOME = Purpose(
    ("Facebook", "YouTube"),
    "Films and reviews about a licensed home that describe conditions on certain days.",
    "I prepare an unannounced survey after a complaint.",
    "The reviews name their days only for readers who are signed in.",
)
GROUPS = Purpose(
    ("Instagram", "Snapchat"),
    "Accounts through which young people in a program are being recruited for thefts.",
    "I report on safety for a youth in residential placement.",
    "The accounts are private and are followed by request.",
)
VAGUE = Purpose(
    ("Facebook", "Instagram", "TikTok"),
    "I would like to look around in general.",
    "It helps me with my daily work.",
    "It is easier than without an account.",
)


@dataclass(frozen=True)
class Wished:
    """A request: whose, sent how many business days ago, what for, and how it fared; `left` days remain of it today.

    `who` is a slug of the cast, or a unit and which of its staff.
    """

    who: str
    back: int
    fate: str
    purpose: Purpose
    case: str
    left: int = 30
    words: str = ""


_BENEFITS = "Two months are enough for this case, and the task needs no more than one site."
WISHES = (
    # What is over, the oldest first.
    Wished("DCO-JEF 2", 70, "expired", CARDS, "FR-2026-0288", -72),
    Wished("DCFS-A5 3", 60, "expired", RELATIVES, "CW-2026-1177", -56),
    Wished("DDS-CON 5", 52, "finished_and_removed", PICTURES, "QA-2026-0091", 10),
    Wished("DMS-PRO 4", 48, "declined", VAGUE, "PE-2026-0400", 5, "Please look at public pages, as everyone can."),
    # In force.
    Wished("DCO-SEB 1", 40, "kept", HOUSEHOLD, "OP-2026-0532", 18),
    Wished("DCO-PUL 3", 26, "in_review", SELLERS, "FR-2026-0371", 25),
    Wished("employee", 17, "active", CARDS, "FR-2026-0417", 45),
    Wished("DCFS-A1 10", 18, "active", RELATIVES, "CW-2026-1301", 50),
    Wished("DCFS-A5 1", 16, "active", MISSING, "CW-2026-1322", 35),
    Wished("DCFS-ADO 2", 15, "active", RELATIVES, "AD-2026-0058", 40),
    Wished("DAABHS-APS 1", 15, "narrowed", SCAM, "AP-2026-0710", 60, _BENEFITS),
    Wished("DAABHS-ASH 2", 14, "active", THREAT, "SL-2026-0019", 20),
    Wished("DDS-ARK 2", 14, "active", PICTURES, "QA-2026-0117", 28),
    Wished("DDS-CON 3", 12, "stood_in", PICTURES, "QA-2026-0120", 33),
    Wished("DMS-PRO 1", 13, "active", PROVIDER, "PE-2026-0433", 26),
    Wished("DPSQA 4", 12, "active", CARE_HOME, "SV-2026-0204", 38),
    Wished("DYS 3", 11, "active", GROUPS, "YS-2026-0077", 6),
    Wished("investigator", 10, "active", SELLERS, "IA-2026-0033", 55),
    # Over, and still to be removed: since yesterday, and too late.
    Wished(
        "DCO-CRA 2", 12, "revoked", HOUSEHOLD, "OP-2026-0560", 30, "The claim was settled, and nobody looked since."
    ),
    Wished("DCFS-ADO 4", 11, "finished", RELATIVES, "AD-2026-0061", 20),
    # Waiting for IT Security.
    Wished("DCO-BEN 2", 3, "approved", CARDS, "FR-2026-0425", 40),
    Wished("DAABHS-APS 3", 3, "approved", SCAM, "AP-2026-0722", 30),
    Wished("DPSQA 2", 2, "approved", CARE_HOME, "SV-2026-0211", 21),
    # Being decided.
    Wished("DCFS-A1 11", 6, "escalated", MISSING, "CW-2026-1340", 24),
    Wished("DCO-PUL 6", 3, "passed_on", HOUSEHOLD, "OP-2026-0577", 30),
    Wished("DMS-PRO 6", 3, "passed_on", PROVIDER, "PE-2026-0441", 35),
    Wished("DAABHS-ASH 12", 4, "passed_on_twice", THREAT, "SL-2026-0022", 30),
    Wished("DCO-PUL 8", 2, "sent", CARDS, "FR-2026-0430", 45),
    Wished("DCO-PUL 9", 2, "sent", CARDS, "FR-2026-0430", 45),
    Wished("DCO-PUL 10", 1, "sent", CARDS, "FR-2026-0430", 30),
    Wished("DCO-PUL 12", 1, "sent", HOUSEHOLD, "OP-2026-0581", 60),
    Wished("DYS 5", 1, "sent", GROUPS, "YS-2026-0081", 28),
    Wished("supervisor", 1, "sent", CARDS, "FR-2026-0430", 45),
    # With those who ask.
    Wished(
        "employee", 5, "returned", SELLERS, "FR-2026-0433", 40, "Which of the two sites do you need, and for how long?"
    ),
    Wished(
        "DDS-CON 8", 4, "returned", PICTURES, "QA-2026-0126", 30, "Please name the week in which the films appeared."
    ),
    Wished("DCFS-A5 6", 5, "withdrawn", RELATIVES, "CW-2026-1335", 30),
    Wished("employee", 1, "draft", HOUSEHOLD, "", 30),
    Wished("DCO-BEN 5", 2, "draft", SELLERS, "FR-2026-0428", 20),
)
