"""What every answer tells the browser, whatever its status; asked over plain HTTP, which needs no browser."""

import re
from collections.abc import Iterator

from tests.browser.casework import Cases
from tests.browser.client import Answer, Client
from tests.browser.portal import Portal

FORBIDDEN_WORDS = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "data:", "http:")
NOTHING = ("default-src", "object-src", "base-uri", "frame-ancestors")
ONLY_THE_PORTAL = ("script-src", "style-src", "form-action")
EXACTLY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "access-control-allow-origin": None,
}
SHUT = {"camera=()", "geolocation=()", "microphone=()"}
NOT_FOR_CACHES = "no-store"
# who, method, path, status: every kind of answer there is
ANSWERS = [
    ("", "GET", "/accounts/login/", 200),
    ("", "GET", "/healthz", 200),
    ("", "GET", "/", 302),
    ("", "GET", "/nowhere/", 404),
    ("", "POST", "/accounts/login/", 403),
    ("", "GET", "/static/nothing.css", 404),
    ("employee", "GET", "/", 200),
    ("employee", "GET", "/incidents/report/", 200),
    ("employee", "GET", "/people/find/?q=an", 200),
    ("employee", "GET", "/incidents/", 404),
    ("employee", "GET", "/people/", 403),
    ("employee", "POST", "/incidents/report/", 403),
    ("employee", "PUT", "/incidents/report/", 403),
    ("employee", "GET", "/incidents/report/save/", 405),
    ("privacy-officer", "GET", "/incidents/{reported}/decide/substantiate/", 409),
]


def test_every_answer_is_guarded_and_none_behind_the_sign_in_is_kept(portal: Portal, cases: Cases) -> None:
    faults = []
    for who, method, path, status in ANSWERS:
        answer = portal.client(who).ask(method, path.format_map(cases))
        found = [*_wrong_status(answer, status), *_unguarded(answer), *(_kept(answer) if who else ())]
        faults += [f"{method} {path} as {who or 'nobody'}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_every_file_of_a_page_is_guarded_too(portal: Portal) -> None:
    client = portal.client("employee")
    files = _files(client)
    assert {re.sub(r".*\.", "", name) for name in files} >= {"css", "js", "ico"}
    answers = [client.ask("GET", file) for file in files]
    faults = [
        f"{answer.path}: {fault}" for answer in answers for fault in (*_wrong_status(answer, 200), *_unguarded(answer))
    ]
    assert not faults, "\n".join(faults)


def _wrong_status(answer: Answer, status: int) -> Iterator[str]:
    if answer.status != status:
        yield f"answered {answer.status}, not {status}"


def _unguarded(answer: Answer) -> Iterator[str]:
    for name in ("content-security-policy", "permissions-policy", *(name for name, value in EXACTLY.items() if value)):
        if len(answer.headers.get_all(name, [])) != 1:
            yield f"{name} is sent {len(answer.headers.get_all(name, []))} times"
    policy = answer.headers["content-security-policy"] or ""
    yield from (f"its policy allows {word}" for word in FORBIDDEN_WORDS if word in policy)
    pairs = (directive.strip().partition(" ") for directive in policy.split(";"))
    directives = {name: sources for name, _, sources in pairs}
    wanted = {**dict.fromkeys(NOTHING, "'none'"), **dict.fromkeys(ONLY_THE_PORTAL, "'self'")}
    for name, sources in wanted.items():
        if directives.get(name) != sources:
            yield f"{name} is {directives.get(name)}, not {sources}"
    for name, value in EXACTLY.items():
        if answer.headers[name] != value:
            yield f"{name} is {answer.headers[name]}, not {value}"
    if missing := SHUT - set((answer.headers["permissions-policy"] or "").split(", ")):
        yield f"it does not shut {sorted(missing)}"


def _kept(answer: Answer) -> Iterator[str]:
    if NOT_FOR_CACHES not in (answer.headers["cache-control"] or ""):
        yield "a cache may keep it"


def _files(client: Client) -> list[str]:
    page = client.get("/incidents/report/").text
    tags = re.findall(r"<(?:link|script)\b[^>]*>", page)
    return [found[1] for tag in tags if (found := re.search(r'\b(?:href|src)="([^"]+)"', tag))]
