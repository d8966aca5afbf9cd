"""Where higher floors say which file names must never be kept."""

import re
from collections.abc import Callable
from pathlib import PurePath

Screen = Callable[[str], object]
_screens: list[Screen] = []
# People write "password_is_..." where a sentence has spaces; digits joined by signs are left as they stand.
_WORD_JOINT = re.compile(r"(?<=[^\W\d_])[_+]+|[_+]+(?=[^\W\d_])")


def register(screen: Screen) -> None:
    """Have every file name put before this screen: a falsy answer refuses, and its `reason` is the sentence shown."""
    if screen not in _screens:
        _screens.append(screen)


def refusal(name: str) -> str:
    """The first screen's reason against this name, read with and without its joints; empty when all let it pass."""
    stem = PurePath(name).stem
    for text in dict.fromkeys((stem, _WORD_JOINT.sub(" ", stem))):
        for screen in _screens:
            if not (verdict := screen(text)):
                return str(getattr(verdict, "reason", "This name cannot be kept."))
    return ""
