"""Runs an inspection in a process of its own, which has no secrets, few resources and little time."""

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
    command = [sys.executable, "-B", "-m", inspector, kind.content_type.partition("/")[2]]
    try:
        # An empty environment: a parser that is taken over finds no key to take along.
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Rejected("This file takes too long to open. Save a simpler one and add that.") from None
    if done.returncode == 0:
        return done.stdout
    raise Rejected(_sentence(done))


def _sentence(done: "subprocess.CompletedProcess[bytes]") -> str:
    if done.returncode == REFUSED:
        return done.stderr.decode()
    logger.error("An inspection ended with %s.", done.returncode)
    return "This file could not be opened safely. Save it again, or take a screenshot of it and add that."
