"""One inspection as a process: a file on standard input, its shared copy on standard output, under tight limits."""

import io
import resource
import sys
from collections.abc import Callable

from attachments.inspection.unreadable import REFUSED, Unreadable

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
Inspector = Callable[[io.BytesIO, str], bytes]


def run(copy_of: Inspector) -> None:
    """Inspect, then exit 0 with the copy (empty: none is needed), or REFUSED with the sentence on standard error."""
    _limit()
    try:
        copy = copy_of(io.BytesIO(sys.stdin.buffer.read()), sys.argv[1])
    except Unreadable as refusal:
        sys.stderr.buffer.write(str(refusal).encode())
        sys.exit(REFUSED)
    sys.stdout.buffer.write(copy)


def _limit() -> None:
    # No core dump and no file: what is inspected must not be left lying about by a parser that breaks.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
