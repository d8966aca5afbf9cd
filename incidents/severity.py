"""A first guess at how bad an incident is, with its reasons; a person decides."""

from dataclasses import dataclass

from incidents.choices import Affected, Information, Kind, Programme, Range, Severity, Verb, Visibility, YesNo
from incidents.models import Incident

_ORDER = [Severity.LOW, Severity.MODERATE, Severity.HIGH, Severity.CRITICAL]
_OPEN = {Visibility.PUBLIC, Visibility.STORY}
_OWN_DUTIES = {
    Programme.FTI: "federal tax information: Safeguards must hear within 24 hours",
    Programme.SSA: "Social Security Administration data falls under an exchange agreement",
    Programme.SUD: "substance-use treatment records have their own federal protection",
}

_KIND_ALONE = {
    Kind.EXPOSURE: "confidential information got out; what kind is not known yet",
    Kind.ASKED: "someone was asked for a personal account",
    Kind.IMPERSONATION: "an account pretends to be DHS",
}


@dataclass(frozen=True)
class Suggestion:
    """A severity and the sentences that led to it."""

    severity: Severity
    reasons: tuple[str, ...]


def suggest(incident: Incident) -> Suggestion:
    """The highest severity any of the answers calls for; a blurred picture counts like a clear one (II(A)(2))."""
    signs = [*_from_kind(incident), *_from_content(incident), *_from_reach(incident), *_from_numbers(incident)]
    severity = max((sign[0] for sign in signs), key=_ORDER.index, default=Severity.LOW)
    reasons = tuple(reason for level, reason in signs if level == severity)
    return Suggestion(severity, reasons or ("nothing in the answers points to exposed information",))


def _from_kind(incident: Incident) -> list[tuple[Severity, str]]:
    if incident.kind == Kind.NEAR_MISS:
        return [(Severity.LOW, "reported as a near miss")]
    if incident.kind == Kind.ASKED and incident.verb == Verb.REQUIRED:
        return [(Severity.HIGH, "someone was required to do this: state law forbids it (Ark. Code 11-2-124)")]
    reason = _KIND_ALONE.get(Kind(incident.kind))
    return [(Severity.MODERATE, reason)] if reason else []


def _from_content(incident: Incident) -> list[tuple[Severity, str]]:
    signs = [(Severity.CRITICAL, _OWN_DUTIES[Programme(p)]) for p in incident.programmes if p in _OWN_DUTIES]
    if {Information.MEDICAL, Information.HEALTH} & set(incident.information):
        signs.append((Severity.HIGH, "medical or health information"))
    if incident.information:
        signs.append((Severity.MODERATE, "confidential information of the kinds II(A)(2) names"))
    return signs


def _from_reach(incident: Incident) -> list[tuple[Severity, str]]:
    if not incident.information:
        return []
    if incident.visibility in _OPEN and incident.still_live == YesNo.YES:
        return [(Severity.HIGH, "anyone can still see it")]
    return []


def _from_numbers(incident: Incident) -> list[tuple[Severity, str]]:
    signs = []
    count, rough = incident.affected_count or 0, incident.affected_range
    if count >= 500 or rough == Range.MANY:
        signs.append((Severity.CRITICAL, "500 people or more"))
    elif count >= 10 or rough in {Range.TENS, Range.HUNDREDS}:
        signs.append((Severity.HIGH, "ten people or more"))
    if Affected.MINORS in incident.affected:
        signs.append((Severity.HIGH, "children are affected"))
    return signs
