"""Words that stand where a login's value would stand and are none: "the password is visible", "password manager"."""

import re

# What follows "the password is", "Password:" or "username:" in a report, in English and some Spanish.
_DESCRIBING = """
a about above again also always an and anonymous another any anything attorney back bad because being below birthday
blank blurred blurry bold both case changed clear common company compartida complex compromised confidential correct
correcta corta default desconocida different easy else elsewhere email empty english enough everyone everything
everywhere expire expires fine friday from funny generic given gone good great handwritten hard hers hidden his home
identical idk illegal important in inappropriate incorrect incorrecta insecure inside intact it its kept known larga
leaked legal legible login long lost medium mine missing monday month my na name names near nearby necesaria necessary
needed never new next nobody none nonsense normal not nothing nowhere nueva null number numbers nurse obligatoria
obscene odd offline ok okay old on once one online only open optional our ours out outside over password passwords
personal phone photo photos picture pictures policy printed privada private protected public random redacted removed
reset right robada safe same saturday saved secret secreta secure seen sensitive sent shared she short shown similar
simple small social some someone something somewhere spanish standard still stolen strange strong sunday suya taken
tbd temporary that the their theirs them there they this thursday tiny today tomorrow too tuesday twice unacceptable
unchanged unclear under unique unknown unlawful unreadable unsafe unspecified upside us used user username valid vieja
visible was we weak wednesday what when where which who why wide with withheld work worker written wrong yes yesterday
you your yours
"""
# What makes a compound with the word itself: "password manager", "password screenshot", "username works".
_COMPOUNDING = """
alert attempt box breach card change check complaint desk dialog document error expires fails field fields file for
form guess hacker hint history incident instructions is issue issues keeper leak length letter link list lists log
manager matches message never note notebook notes of or page pad paper policies practice practices problem problems
prompt protection question questions quality recovery request requests requirement rotation rule rules safety screen
screenshot screens security sheet sheets sticker strength technique theft to tool training update updates vault video
works
"""
_ENDINGS = ("ed", "ing", "able", "ible", "ous", "ful", "less", "ive", "ary", "ism")
_DESCRIBES = frozenset(_DESCRIBING.split())
_COMPOUNDS = frozenset(_COMPOUNDING.split())
# A time, an ordinal, "8-character", "ext4321", "COVID-19", "ANSWER2": letters with digits that are no secret.
_COUNTED = re.compile(
    r"\d{1,2}(?::\d\d)?[ap]\.?m|\d{1,4}(?:st|nd|rd|th|s|x|k)|\d{1,3}-?(?:digits?|characters?|letters?|symbols?)"
    r"|(?:ext|room|suite|box|floor|bldg|unit|slot)\.?\d{1,6}|[A-Z]{2,8}-\d{1,6}|[A-Z]{3,8}\d|\d{1,2}:\d\d|2fa|2FA",
)
_MASKED = re.compile(r"[xX*•●·.#_\W]{1,64}|\S{0,64}(?:\*|•|●){2}\S{0,64}")


def describes(word: str) -> bool:
    """Whether this word says something about a login without being one: a state, a quality, a mask."""
    parts = [part for part in re.split(r"[-/]", word.lower()) if part]
    return is_masked(word) or all(part in _DESCRIBES or part.endswith(_ENDINGS) for part in parts)


def makes_a_compound(word: str) -> bool:
    """Whether this word after "password" names a thing or an event, as in "password manager" or "password reset"."""
    return describes(word) or word.lower().rstrip("s") in _COMPOUNDS or word.lower() in _COMPOUNDS


def is_masked(word: str) -> bool:
    """Whether the value was already taken out, as in "****" or "xxxx"."""
    return _MASKED.fullmatch(word) is not None


def counts(word: str) -> bool:
    """Whether letters and digits stand together as in "10am", "2nd", "8-character" or "INC-1042"."""
    return _COUNTED.fullmatch(word) is not None
