"""The suggested severity, its reasons and its boundaries."""

from typing import Any

import pytest

from incidents.choices import Affected, Information, Kind, Programme, Range, Severity, Verb, Visibility, YesNo
from incidents.models import Incident
from incidents.severity import suggest


@pytest.mark.parametrize(
    ("answers", "expected", "why"),
    [
        ({}, Severity.LOW, "nothing in the answers"),
        ({"kind": Kind.NEAR_MISS}, Severity.LOW, "near miss"),
        ({"information": [Information.CASE]}, Severity.MODERATE, "II(A)(2)"),
        ({"information": [Information.HEALTH]}, Severity.HIGH, "medical or health"),
        ({"affected_count": 9}, Severity.LOW, "nothing"),
        ({"affected_count": 10}, Severity.HIGH, "ten people"),
        ({"affected_count": 499}, Severity.HIGH, "ten people"),
        ({"affected_count": 500}, Severity.CRITICAL, "500"),
        ({"affected_count": 501}, Severity.CRITICAL, "500"),
        ({"affected_range": Range.FEW}, Severity.LOW, "nothing"),
        ({"affected_range": Range.HUNDREDS}, Severity.HIGH, "ten people"),
        ({"affected_range": Range.MANY}, Severity.CRITICAL, "500"),
        ({"affected": [Affected.MINORS]}, Severity.HIGH, "children"),
        ({"programmes": [Programme.FTI]}, Severity.CRITICAL, "24 hours"),
        ({"programmes": [Programme.SUD]}, Severity.CRITICAL, "substance-use"),
        ({"programmes": [Programme.SNAP]}, Severity.LOW, "nothing"),
        ({"kind": Kind.ASKED, "verb": Verb.REQUIRED}, Severity.HIGH, "11-2-124"),
        ({"kind": Kind.ASKED, "verb": Verb.SUGGESTED}, Severity.MODERATE, "asked for a personal account"),
        ({"kind": Kind.EXPOSURE}, Severity.MODERATE, "not known yet"),
        (
            {"information": [Information.CASE], "visibility": Visibility.PUBLIC, "still_live": YesNo.YES},
            Severity.HIGH,
            "still see it",
        ),
        (
            {"information": [Information.CASE], "visibility": Visibility.PUBLIC, "still_live": YesNo.NO},
            Severity.MODERATE,
            "II(A)(2)",
        ),
    ],
)
def test_the_worst_sign_decides_and_says_why(answers: dict[str, Any], expected: Severity, why: str) -> None:
    suggestion = suggest(Incident(**{"kind": Kind.OTHER, **answers}))
    assert suggestion.severity == expected
    assert any(why in reason for reason in suggestion.reasons), suggestion.reasons


@pytest.mark.parametrize("information", [[Information.PHOTOGRAPH], [Information.VIDEO, Information.HEALTH]])
def test_blurring_never_lowers_it(information: list[str]) -> None:
    clear = suggest(Incident(kind=Kind.EXPOSURE, information=information, altered=False))
    blurred = suggest(Incident(kind=Kind.EXPOSURE, information=information, altered=True))
    assert clear == blurred
