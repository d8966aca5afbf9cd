"""The web server's settings; read by gunicorn, in `make run` and in production alike."""

import gc
import os
from pathlib import Path

bind = os.environ.get("WEB_BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 5
# A worker shows that it lives through a file: kept in memory, it never waits for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  gunicorn makes a private file in it
# The portal logs requests itself, with a request id; nothing listens for commands.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
proc_name = "compliance-portal"


def post_worker_init(_worker: object) -> None:
    """Have the garbage collector leave alone what was loaded for good, and look through the rest less often.

    A page makes thousands of objects and nearly all are freed as it ends; looking through Django's own code for cycles,
    again and again, took a quarter of the time of a report's filing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
