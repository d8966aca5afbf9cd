"""The queue in files, for one machine: kombu's own, made to stand up to its folder being swept away while in use."""

import os
from pathlib import Path
from typing import Any

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    """Makes the folder again before every use, where the original would fail until somebody did."""

    def _queue_bind(self, *args: Any) -> None:
        self._provide()
        super()._queue_bind(*args)

    def _put(self, *args: Any, **kwargs: Any) -> None:
        self._provide()
        super()._put(*args, **kwargs)

    def _get(self, *args: Any, **kwargs: Any) -> Any:
        self._provide()
        return super()._get(*args, **kwargs)

    def _size(self, queue: str) -> int:
        self._provide()
        return int(super()._size(queue))

    def _provide(self) -> None:
        if not os.path.isdir(self.control_folder):  # noqa: PTH112  asked at every ring
            Path(self.control_folder).mkdir(parents=True, exist_ok=True)


class Transport(filesystem.Transport):
    """The transport of `CELERY_BROKER_URL=filesystem://`."""

    Channel = Channel
