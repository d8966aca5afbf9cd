"""How people write a login's value down: after its name, before it, beside an e-mail address, inside a web address."""

import re
from collections.abc import Iterator

from policies.plain_words import counts, describes, is_masked, makes_a_compound

# Every quantifier below is bounded: whatever is typed, the time to read it grows with its length and no faster.
_P_WORD = r"p[ ._*-]?[a@4][ ._*-]?[s$5][ ._*-]?[s$5][ ._*-]?w[ ._*-]?[o0][ ._*-]?r[ ._*-]?d"
_SECRET = (
    rf"(?P<secret>{_P_WORD}|passwd|pass[\s-]?code|pass\s?phrase|pass\s?key|pwd|p[./]?w\.?|security\sanswer"
    r"|wi-?fi\skey|passwort|kennwort|contrase[ñn]a|clave|mot\sde\spasse|mật\skhẩu|密码|пapoль)"
)
_PIN = r"(?P<pin>pin(?:\s(?:number|code))?)"
_ACCOUNT = r"(?P<account>(?<![?&/])(?:user\s?name|user\s?id|log-?in(?:\s?(?:id|name))?))"
_USER = r"(?P<user>(?<![?&/@])user(?!s))"
_OTHER = r"(?P<credentials>credential|cred)|(?P<other>pass|api\s?key|secret|token)"
_WORDS = rf"{_SECRET}|{_PIN}|{_ACCOUNT}|{_USER}|{_OTHER}"
_NAME = rf"(?<![^\W_])(?:my)?(?:{_WORDS})s?(?![^\W_])(?:</\w{{1,10}}>|[\"'”’*`)\]]{{1,3}})?"
# What is read stays unread for the next match: in "login: password: x" both have a say.
_VALUE = r"[\"'“”‘’«*`<\[({]{0,3}(?=(?P<value>[^\s\"'“”‘’»,;`<]{2,64})(?P<rest>[^\n]{0,40}))"
_ASIDE = (
    r"(?:\s(?:for|to|of|on|she|he|they|we|i|you|that|which)\s[^\n.:;=!?]{1,40}?|\s?\([^)\n]{1,40}\))?"
    r"(?:\s(?:has|had)\sbeen|\sgot)?"
)
_MEANT = r"(?:\s(?:for|to)\s[^\n.:;=!?]{1,30}?|\s?\([^)\n]{1,40}\))?"
_IS = r"(?:\s(?:is|was|are|were|es|era)(?:\s(?:now|just|simply|still))?\s?:?|['’]s)"
_OWNER = r"(?P<owner>\b(?:my|his|her|their|your|our|mi|su)\s(?:\w{1,20}\s)?|(?:^|[\n.!?;,(])\s{0,3}|\band\s)?"
_SET = r"(?:\s(?:is|was|(?:has|had)\sbeen|got|being))?\s(?:re)?(?:set|changed?|updated?)(?:\sback)?\sto"
_ADDRESS = r"(?<![\w.+/-])[\w.+-]{2,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_START = rf"(?:(?:^|[\n!?;|/])[ \t]{{0,3}}|\.\s{{1,3}}|{_ADDRESS}\s|\buser(?:\s?name)?\s[\w.-]{{2,64}}\s(?=pwd?\b))"
_I = re.IGNORECASE

_LABELLED = re.compile(rf"{_NAME}{_MEANT}\s{{0,3}}(?::|=>?|->|→|~|#(?=\d)|[-–—](?=\s))[*\s]{{0,20}}{_VALUE}", _I)
_STATED = re.compile(rf"{_OWNER}{_NAME}{_ASIDE}{_IS}\s{{1,5}}{_VALUE}", _I)
_SET_TO = re.compile(rf"{_NAME}{_SET}\s{_VALUE}", _I)
_SETTING = re.compile(rf"\b(?:re)?(?:set|chang(?:e|ed|ing))\s(?:\w{{1,12}}\s){{0,2}}{_NAME}\sto\s{_VALUE}", _I)
_BESIDE = re.compile(rf"{_NAME}(?:\.{{2,4}}|[;~])?\s{{1,5}}{_VALUE}", _I)
_ALONE = re.compile(
    rf"{_START}(?P<whose>(?:the|my|her|his)\s)?(?:{_SECRET}|{_PIN}|user\s?name)"
    rf"[ \t]?(?(whose)[,;?–—-]|[,;?–—-]?)[ \t]{{1,3}}{_VALUE}",
    _I | re.MULTILINE,
)
_BEFORE_NAME = re.compile(
    r"(?P<quote>[\"“'‘])?(?P<value>[^\s\"'“”‘’»,;]{3,64})(?(quote)[\"”'’])\s(?:is|was|as|for)\s"
    rf"(?:the|my|her|his|their|your|our)\s(?:\w{{1,20}}\s)?(?:{_SECRET}|{_PIN})(?=\s?(?:$|[.,;!?\n)]|and\b|for\b|to\b))",
    _I,
)
_SENTENCE = re.compile(
    rf"(?:^|[\n.!?]\s?)(?P<value>[a-z]{{4,64}})\s(?:is|was)\s(?:the|my|her|his)\s{_SECRET}(?!\s?\w)", _I
)
_FILE_NAME = re.compile(
    r"(?<![^\W_])(?!(?:screen|img|image|photo|scan|dsc|pic|page|file|version|v\d|office|windows)[a-z]{0,8}\d)"
    rf"[a-z]{{3,30}}\d{{1,8}}[_-](?:{_SECRET})(?![^\W_])",
    _I,
)
_PAIR = re.compile(rf"{_ADDRESS}(?:\s?[:/|,]\s?|\s[-–—]\s)(?P<value>[^\s:/|]{{6,64}})")
_TIGHT_PAIR = re.compile(rf"{_ADDRESS}(?::|\s(?=\S{{0,63}}\d))(?P<value>[^\s:/|@]{{6,64}})\s{{0,3}}$", re.MULTILINE)
_BESIDE_A_PAIR = re.compile(rf"{_NAME}\s{{1,3}}[\w.@+-]{{2,64}}\s?[/|]\s?{_VALUE}", _I)
_SLASHED = re.compile(
    r"(?:^|\b[Ll]og-?in\s)[\w.+-]{2,64}\s?[:/|]\s?(?=\S{0,63}[a-z])(?=\S{0,63}[A-Z])(?=\S{0,63}\d)"
    r"(?=\S{0,63}[!@#$%^&*])[^\s/]{8,64}$",
    re.MULTILINE,
)
_SIGNING_IN = re.compile(
    rf"\b(?:log|sign)[a-z]{{0,5}}[\s-]?in\s(?:with|using|as)\s(?P<name>[a-z0-9@.+_-]{{3,64}})\s?(?:/|and|:)\s?{_VALUE}"
)
_IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{0,20}://[^\s/@:]{1,200}:[^\s/@]{1,200}@", _I)
_CODE = re.compile(
    r"\b(?:2fa|mfa|otp|verification|authentication|one-?\s?time|security|log-?in|sign-?in|access)\s(?:pass)?code"
    r"(?:\s(?:is|was))?\W{1,4}\d{4,8}(?!\d)|\b(?:the|my|her|his)\scode\s(?:is|was)\s\d{6}(?!\d)",
    _I,
)
# No login is named without one of these; looked for first, since most of what people write has none.
_ANY_NAME = re.compile(rf"{_SECRET}|pin|user|log-?in|cred|pass|api\s?key|secret|token", _I)
_ENDS = re.compile(r"[\"'”’»*`)\]>]{0,3}\s*(?:$|[.!?,;()|/&]|\s[-–—]|(?:and|but|so|because|which|then|or|y)\b)")
_GOES_ON = re.compile(r"[\"'”’»*`)\]>]{0,3}\s(?:for|on|at|in|to|with)\b")
_EXTENSION = re.compile(r"\.(?:png|jpe?g|gif|heic|webp|bmp|pdf|docx?|xlsx?|txt|mp4|mov)$", _I)
_NO_VALUE = re.compile(rf"(?:https?://|www\.)\S*|{_ADDRESS}", _I)
_DAY = re.compile(r"(?:19|20)\d\d(?:[01]\d[0-3]\d)?")
_WORD = re.compile(r"(?<!\S)[^\s/]{1,200}(?!\S)")


def gives_login(text: str) -> bool:
    """Whether a username, password or other login value seems to be written in this text."""
    return any(_reads_as_login(reading) for reading in _readings(text))


def _readings(text: str) -> Iterator[str]:
    yield text
    if "_" in text:
        yield _WORD.sub(lambda word: word[0].replace("_", " "), text)


def _reads_as_login(text: str) -> bool:
    if any(shape.search(text) for shape in (_IN_ADDRESS, _CODE, _SLASHED)) or _stands_by_itself(text):
        return True
    return _ANY_NAME.search(text) is not None and _stands_by_a_name(text)


def _stands_by_a_name(text: str) -> bool:
    return _FILE_NAME.search(text) is not None or _follows_a_name(text) or _precedes_a_name(text)


def _follows_a_name(text: str) -> bool:
    return (
        any(_is_labelled(match) for match in _LABELLED.finditer(text))
        or any(_is_stated(match) for match in _STATED.finditer(text))
        or any(_is_stated(match) for shape in (_SET_TO, _SETTING) for match in shape.finditer(text))
        or any(_is_beside(match) for match in _BESIDE.finditer(text))
        or any(_is_alone(match) for match in _ALONE.finditer(text))
    )


def _precedes_a_name(text: str) -> bool:
    return (
        any(_precedes(match) for match in _BEFORE_NAME.finditer(text))
        or any(not describes(match["value"]) for match in _SENTENCE.finditer(text))
        or any(_is_paired(match["value"]) for match in _BESIDE_A_PAIR.finditer(text))
    )


def _stands_by_itself(text: str) -> bool:
    return (
        any(_is_paired(match["value"]) for match in _PAIR.finditer(text))
        or any(_is_paired(match["value"]) or match["value"].islower() for match in _TIGHT_PAIR.finditer(text))
        or any(_signs_in(match) for match in _SIGNING_IN.finditer(text))
    )


def _is_labelled(match: re.Match[str]) -> bool:
    value, ends = _bare(match["value"]), _ends(match)
    if match["account"] or match["user"]:
        return _is_account(value, named=ends)
    if match["credentials"]:
        return _looks_made_up(value) or _is_plain_pair(match)
    named = ends or (bool(match["secret"]) and _GOES_ON.match(_tail(match)) is not None)
    return _is_secret(match, value, named=named and match["other"] in {None, "pass"})


def _is_stated(match: re.Match[str]) -> bool:
    value = _bare(match["value"])
    if match["user"]:
        return False
    if match["account"]:
        return _is_account(value, named=_ends(match) and match.groupdict().get("owner") is not None)
    return _is_secret(match, value, named=_ends(match) and not match["other"] and not match["credentials"])


def _is_beside(match: re.Match[str]) -> bool:
    value = _bare(match["value"]).lstrip("@#")
    if match["user"] or _NO_VALUE.fullmatch(value) or describes(value) or counts(value):
        return False
    is_number = value.isdigit() and len(value) >= 4 and not _DAY.fullmatch(value)
    return _mixes(value) or (is_number and bool(match["secret"] or match["pin"]))


def _is_alone(match: re.Match[str]) -> bool:
    value = _bare(match["value"])
    if match["pin"] or _EXTENSION.search(match["value"]) or makes_a_compound(value):
        return False
    return len(value) >= 4 and value.isalpha() and not match["rest"].strip(" .!?\t\r")


def _is_secret(match: re.Match[str], value: str, *, named: bool) -> bool:
    if _is_possessive(match) or _NO_VALUE.fullmatch(value) or is_masked(value) or counts(value):
        return False
    if value.isdigit():
        return len(value) >= 4 and not (match["other"] or match["credentials"])
    if match["pin"] or not named:
        return _looks_made_up(value) and not describes(value)
    return _looks_made_up(value) or (len(value) >= 4 and not describes(value))


def _is_account(value: str, *, named: bool) -> bool:
    value = value.lstrip("@")
    if _is_link(value) or describes(value) or counts(value):
        return False
    if _mixes(value) or not re.fullmatch(r"[\w.'’/-]+", value):
        return True
    return named and len(value) >= 4 and not _is_public_handle(value)


def _is_public_handle(value: str) -> bool:
    """Letters alone with capitals inside, as in ArkansasDHSHelp: the name of a page or account others can see."""
    return re.search(r"[a-z_-][A-Z]", value) is not None


def _is_link(value: str) -> bool:
    return re.match(r"https?://|www\.", value, _I) is not None


def _is_plain_pair(match: re.Match[str]) -> bool:
    """Two lower-case words after "credentials:", none of them a profession's."""
    words = re.split(r"[\s/]+", (match["value"] + match["rest"]).strip(" ."))
    return len(words) == 2 and all(word.islower() and word.isalpha() and not describes(word) for word in words)


def _precedes(match: re.Match[str]) -> bool:
    value = _bare(match["value"])
    return not describes(value) and not counts(value) and (bool(match["quote"]) or _mixes(value))


def _is_paired(raw: str) -> bool:
    value = _bare(raw)
    mixes = any(c.islower() for c in value) and any(c.isdigit() for c in value) and "-" not in value
    return mixes and not counts(value) and not _NO_VALUE.fullmatch(value) and "@" not in value.strip("@")


def _signs_in(match: re.Match[str]) -> bool:
    value = _bare(match["value"])
    plain = makes_a_compound(value) or makes_a_compound(match["name"]) or not value.islower()
    return _ends(match) and len(value) >= 4 and not plain


def _bare(raw: str) -> str:
    return _EXTENSION.sub("", raw.rstrip(".!?:)]}>*")).strip("([{<>*")


def _tail(match: re.Match[str]) -> str:
    raw = match["value"]
    return raw[len(raw.rstrip(".!?:)]}>*")) :] + match["rest"]


def _ends(match: re.Match[str]) -> bool:
    return _ENDS.match(_tail(match)) is not None


def _is_possessive(match: re.Match[str]) -> bool:
    return re.match(r"['’]s\b", match["rest"]) is not None


def _mixes(value: str) -> bool:
    return any(c.isalpha() for c in value) and any(c.isdigit() for c in value)


def _looks_made_up(value: str) -> bool:
    """Whether a token mixes letters with digits or signs the way passwords do and words do not."""
    has_sign = any(not c.isalnum() and c not in "-'’.()/" for c in value)
    odd_capitals = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    has_letter = any(c.isalpha() for c in value)
    return _mixes(value) or (has_sign and (has_letter or len(value) >= 4)) or odd_capitals
