"""What the demonstration's incidents tell: reports, questions, answers, notes and findings, all made up."""

from dataclasses import dataclass, field
from typing import Any

from incidents.choices import Affected, AskedFor, Information, Kind, Programme, Range, Verb, Visibility
from incidents.parameters import OTHER_PLATFORM


@dataclass(frozen=True)
class Story:
    """One kind of thing that goes wrong."""

    kind: Kind
    narrative: str
    platform: str
    answers: dict[str, Any] = field(default_factory=dict)


STORIES = (
    Story(
        Kind.EXPOSURE,
        "A coworker posted a selfie from the intake desk. An open case file can be read on the monitor behind them.",
        "Facebook",
        {
            "information": [Information.PHOTOGRAPH, Information.CASE],
            "affected": [Affected.CLIENTS],
            "affected_count": 1,
            "visibility": Visibility.PUBLIC,
            "programmes": [Programme.SNAP],
        },
    ),
    Story(
        Kind.EXPOSURE,
        "Someone from our unit wrote about a home visit in a neighborhood group. The family can be recognized from it.",
        "Nextdoor",
        {
            "information": [Information.CASE, Information.PERSONAL],
            "affected": [Affected.CLIENTS, Affected.MINORS],
            "affected_range": Range.FEW,
            "visibility": Visibility.GROUP,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A short video filmed on the ward shows a patient in the background. It had over two hundred views at lunch.",
        "TikTok",
        {
            "information": [Information.VIDEO, Information.HEALTH],
            "affected": [Affected.PATIENTS],
            "affected_count": 1,
            "visibility": Visibility.PUBLIC,
            "programmes": [Programme.MEDICAID],
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A picture of a foster child at the office party was shared with the face blurred. The name tag is readable.",
        "Instagram",
        {
            "information": [Information.PHOTOGRAPH],
            "altered": True,
            "affected": [Affected.MINORS],
            "affected_count": 1,
            "visibility": Visibility.STORY,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A screenshot of our appointment list for the week went to a family group chat by mistake.",
        "Text or chat message",
        {
            "information": [Information.PERSONAL, Information.HEALTH],
            "affected": [Affected.PATIENTS],
            "affected_range": Range.TENS,
            "visibility": Visibility.MESSAGE,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A spreadsheet with treatment dates was linked in a public comment. Anyone with the link could open it.",
        "Facebook",
        {
            "information": [Information.MEDICAL],
            "affected": [Affected.PATIENTS],
            "affected_range": Range.HUNDREDS,
            "visibility": Visibility.PUBLIC,
            "programmes": [Programme.SUD, Programme.MEDICAID],
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A former colleague complained in a post about a coworker's sick leave and gave the diagnosis.",
        "X (Twitter)",
        {
            "information": [Information.EMPLOYEE, Information.HEALTH],
            "affected": [Affected.EMPLOYEES],
            "affected_count": 1,
            "visibility": Visibility.PUBLIC,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A resident films the common room of our center and puts the clips online; other residents can be seen.",
        "YouTube",
        {
            "information": [Information.VIDEO],
            "affected": [Affected.CLIENTS],
            "affected_range": Range.FEW,
            "visibility": Visibility.PUBLIC,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A trainee sent a snap from the waiting room. The sign-in sheet with the names lies on the counter.",
        "Snapchat",
        {
            "information": [Information.PERSONAL, Information.PHOTOGRAPH],
            "affected": [Affected.CLIENTS],
            "affected_range": Range.TENS,
            "visibility": Visibility.STORY,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "A caseworker forwarded tomorrow's home visits to a private mailbox to read them on the road.",
        "Personal e-mail",
        {
            "information": [Information.CASE, Information.PERSONAL],
            "affected": [Affected.CLIENTS, Affected.MINORS],
            "affected_range": Range.FEW,
            "visibility": Visibility.PRIVATE,
        },
    ),
    Story(
        Kind.EXPOSURE,
        "Meeting notes with the names of two families were pinned to a shared planning board that anyone can open.",
        OTHER_PLATFORM,
        {
            "platform_other": "A shared planning board",
            "information": [Information.CASE],
            "affected": [Affected.CLIENTS],
            "affected_count": 2,
            "visibility": Visibility.PUBLIC,
        },
    ),
    Story(
        Kind.ASKED,
        "In the interview for my transfer I was told to open my profile on the office computer for them to look.",
        "Facebook",
        {"verb": Verb.REQUIRED, "asked_for": [AskedFor.LOGIN]},
    ),
    Story(
        Kind.ASKED,
        "My manager wants everyone in the team to accept a friend request. I said no and was asked again the next day.",
        "Instagram",
        {"verb": Verb.REQUESTED, "asked_for": [AskedFor.ADD]},
    ),
    Story(
        Kind.ASKED,
        "It was suggested that I set my account to public so that the office can see what I post about work.",
        "LinkedIn",
        {"verb": Verb.SUGGESTED, "asked_for": [AskedFor.PRIVACY, AskedFor.CONTACTS]},
    ),
    Story(
        Kind.DHS_EMAIL,
        "A personal shop page is registered with a work e-mail address; its customers' replies reach the office.",
        "Facebook",
    ),
    Story(
        Kind.DHS_EMAIL,
        "I signed up for a photo app years ago with my work address and only noticed it when the app sent a notice.",
        "Instagram",
    ),
    Story(
        Kind.IMPERSONATION,
        "A page with our seal promises faster benefits against a fee. Two clients asked about it at the counter.",
        "Facebook",
        {"visibility": Visibility.PUBLIC},
    ),
    Story(
        Kind.NEAR_MISS,
        "I was about to post a picture of our new office and saw just in time that a case board was in it.",
        "Instagram",
        {"information": [Information.CASE]},
    ),
    Story(
        Kind.NEAR_MISS,
        "A draft post for a private page had a client's story in it. A colleague stopped it before it went out.",
        "Blog or website",
    ),
    Story(
        Kind.OTHER,
        "Someone asked in a public forum how our county decides cases, and an answer seems to come from an employee.",
        "Reddit",
        {"visibility": Visibility.PUBLIC},
    ),
)
QUESTIONS = (
    "Thank you for reporting this. Can you still see the post? If so, please note the day and time you last saw it.",
    "Do you know whether anyone outside the office commented on it or shared it?",
    "Could you tell us how you came across it?",
)
ANSWERS = (
    "I checked again this morning: it is gone now.",
    "It is still there. I have not commented on it or told anyone else.",
    "A friend who does not work here showed it to me.",
)
NOTES = (
    "Asked the platform to take it down through its form for agencies.",
    "Compared with two earlier reports; not the same account.",
    "The supervisor of the unit was not told, as one of them may be involved.",
    "Screenshot secured as evidence before the post disappeared.",
)
FINDINGS = (
    "The evidence shows that the information could be seen by people outside DHS. The post was removed.",
    "Two people saw it independently, and the screenshot matches. Staff of the unit were reminded of the policy.",
)
NO_FINDINGS = (
    "The account does not belong to an employee and shows nothing from our records.",
    "The information was never visible outside the group that may see it.",
)
NEARLY = (
    "It was stopped before anyone outside could see it. The unit talked about what had gone wrong.",
    "Nothing had been sent when it was noticed. The draft was deleted in the presence of the supervisor.",
)
FOUND_ASKED = (
    "Both sides say that it was asked for. The manager was told to take it back in writing, and did.",
    "The message to the team is on record. Everyone in it was told that nobody has to do this.",
)
NOT_ASKED = ("The invitation came from the site by itself; nobody at work had sent or asked for anything.",)
NEARLY_ASKED = ("It was planned for the next team meeting, and a colleague spoke up before anyone was asked.",)
OWN_TASKS = (
    "Call the county office about the posters",
    "Ask the unit for the shift plan of that week",
    "Compare the screenshot with the original",
    "Write to the owner of the group",
    "Look at the page again in a week",
    "Prepare a short reminder for the unit",
)
CONTAINED = ("", "", "The author was asked to take it down and did.", "Reported to the site; no answer yet.")
SEVERITY_WORDS = (
    "Few people could see it and it is contained.",
    "Health information was readable, though for a short time.",
    "Could be seen by anyone for more than a day.",
)
NOT_NEEDED = (
    "The site took it down before we asked.",
    "Counsel looked at it and sees nothing more to do.",
    "The reporter had done this already.",
)
REOPENED = ("A second screenshot has turned up.", "The same post is back under another name.")
UNMASKED = "The evidence names a time only the reporter can confirm, and the thread has gone unanswered for two weeks."
