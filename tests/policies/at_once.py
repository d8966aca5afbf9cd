"""Several people in one moment, which may be a held one, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

from django.db import connection

from workflow.decisions import Refused


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of these was answered, begun together: nothing, or the sentence of a refusal that is a 409."""
    start = Barrier(len(acts))

    def answer(act: Callable[[], object]) -> str:
        start.wait(timeout=10)
        try:
            act()
        except Refused as refused:
            return str(refused) if refused.denied.conflict else f"no conflict: {refused}"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        answers = [pool.submit(copy_context().run, answer, act) for act in acts]
        return [each.result(timeout=60) for each in answers]
