"""Runs a parser in a process of its own, which has no secrets, few resources and little time."""

import logging
import subprocess
import sys
from pathlib import Path

from attachments.inspection.unreadable import REFUSED
from attachments.kinds import Kind
from attachments.rejection import Rejected

SECONDS = 45
ROOT = Path(__file__).resolve().parent.parent
logger = logging.getLogger(__name__)


def shared_copy(content: bytes, kind: Kind) -> bytes:
    """The safe copy of a file that was parsed to its end, empty where none is needed; raises Rejected otherwise."""
    inspector = f"attachments.inspection.{kind.inspector}"
    return parsed(
        content, inspector, kind.content_type.partition("/")[2], instead="take a screenshot of it and add that"
    )


def parsed(content: bytes, parser: str, form: str, *, instead: str) -> bytes:
    """What a module that calls `inspection.process.run` makes of a file; raises Rejected with what to do instead."""
    command = [sys.executable, "-B", "-m", parser, form]
    try:
        # An empty environment: a parser that is taken over finds no key to take along.
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Rejected("This file takes too long to open. Save a simpler one and add that.") from None
    if done.returncode == 0:
        return done.stdout
    raise Rejected(_sentence(done, instead))


def _sentence(done: "subprocess.CompletedProcess[bytes]", instead: str) -> str:
    if done.returncode == REFUSED:
        return done.stderr.decode()
    logger.error("A parser's process ended with %s.", done.returncode)
    return f"This file could not be opened safely. Save it again, or {instead}."
