"""The people a visitor can sign in as, and what each of them shows."""

from dataclasses import dataclass

from people.models import Role, RoleGrant, User


@dataclass(frozen=True)
class Persona:
    """One person of the demonstration; the slug is the address that signs in as them."""

    slug: str
    name: str
    title: str
    unit: str
    shows: str
    role: Role | None = None
    office: str = ""
    heads: bool = False
    # The slug of another persona of the unit, where not its head is the superior.
    reports_to: str = ""

    @property
    def email(self) -> str:
        """Their address in the directory."""
        return f"{self.slug}@dhs.example"


PERSONAS = (
    Persona(
        "employee",
        "Erin Whitfield",
        "Program eligibility specialist",
        "DCO-PUL",
        "Reports an incident, asks about policies, has access to social media and asks for more.",
    ),
    Persona(
        "supervisor",
        "Samuel Okafor",
        "County office supervisor",
        "DCO-PUL",
        "Leads a county office; answers what its people ask, decides who gets access to social media.",
        heads=True,
    ),
    Persona(
        "team-lead",
        "Tessa Lindgren",
        "Eligibility team lead",
        "DCO-PUL",
        "Leads a team of the county office; the first of three links who decide about its requests for access.",
    ),
    Persona(
        "caseworker",
        "Cal Ferreira",
        "Program eligibility specialist",
        "DCO-PUL",
        "Reports to the team lead; three people decide when they ask for access to social media.",
        reports_to="team-lead",
    ),
    Persona(
        "privacy-analyst",
        "Ana Delgado",
        "Privacy analyst",
        "PRIV",
        "Works the incident queue: triage, severity, tasks, merging, questions to the reporter.",
        Role.PRIVACY_ANALYST,
    ),
    Persona(
        "privacy-officer",
        "Paul Brannigan",
        "Privacy Officer",
        "PRIV",
        "Decides what was found, closes and reopens cases; approves policies, sees who has access.",
        Role.PRIVACY_OFFICER,
        heads=True,
    ),
    Persona(
        "occe",
        "Olivia Tran",
        "Communications specialist",
        "OCCE",
        "Writes policies and publishes what was approved.",
        Role.OCCE,
    ),
    Persona(
        "investigator",
        "Ivan Petrov",
        "Fraud investigator",
        "IAF",
        "Opens and closes formal investigations for Internal Affairs/Fraud; has access to social media for a case.",
        Role.INVESTIGATOR,
        RoleGrant.Office.INTERNAL_AFFAIRS,
    ),
    Persona(
        "counsel",
        "Carla Nguyen",
        "Deputy chief counsel",
        "OCC",
        "Sees the reports of people who were asked for their account; approves policies.",
        Role.COUNSEL,
    ),
    Persona(
        "office-head",
        "Helen Marsh",
        "Director of County Operations",
        "DCO",
        "Heads a division of hundreds; reviews policies, has the last word on access.",
        Role.OFFICE_HEAD,
        heads=True,
    ),
    Persona(
        "it-security",
        "Ike Solomon",
        "Information security engineer",
        "SEC",
        "Sets up and removes access to social media; lets a proxy or firewall read who has it.",
        Role.IT_SECURITY,
    ),
    Persona(
        "auditor",
        "Audrey Baines",
        "Internal auditor",
        "AUD",
        "Examines the clause register, drafts and all requests for access; changes nothing.",
        Role.AUDITOR,
    ),
    Persona(
        "administrator",
        "Adam Kowalski",
        "Portal administrator",
        "OIT",
        "Gives and ends roles, changes settings, watches the mail.",
        Role.ADMINISTRATOR,
    ),
)
MORE_ROLES = (
    ("Privacy analyst", "PRIV", Role.PRIVACY_ANALYST, 5),
    ("Deputy Privacy Officer", "PRIV", Role.PRIVACY_OFFICER, 1),
    ("Attorney", "OCC", Role.COUNSEL, 2),
    ("Communications specialist", "OCCE", Role.OCCE, 3),
    ("Systems administrator", "OIT", Role.ADMINISTRATOR, 1),
    ("Information security engineer", "SEC", Role.IT_SECURITY, 1),
)


def played_by(slug: str) -> User | None:
    """The person of the directory behind a slug; None for a slug of nobody or before the agency is loaded."""
    emails = [persona.email for persona in PERSONAS if persona.slug == slug]
    return User.objects.filter(email__in=emails, is_active=True).first()
