"""Receives uploaded files: on disk they have no name and are gone with the process, however it ends."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

IN_MEMORY_BYTES = 2 * 1024 * 1024


class PrivateUploadHandler(FileUploadHandler):
    """Keeps a file in memory, then in a nameless one, up to the limit; its size is told in full all the same."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next part, unless the file is too large to be taken in anyway."""
        if start <= settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """Hand the file over, its reading position at the start; closed with the request."""
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        """Let go of what came before the connection broke."""
        if hasattr(self, "file"):
            self.file.close()
