"""What a backup holds, signed, so that a copy altered on its way is never restored."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from audit import signing
from audit.backup import Impossible

FILE, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """When the backup was taken, of what state, and the SHA-256 of each part by its path."""

    taken_at: str
    pg_dump: int
    head: str
    migrations: list[str]
    parts: dict[str, str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Finish a backup: without its manifest, written last, a folder is no backup."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / SIGNATURE).write_text(signing.sign(text, signing.private_key()))
        (folder / FILE).write_text(text)


def read(folder: Path) -> Manifest:
    """The manifest of a finished backup, once its signature proves genuine; raises Impossible."""
    try:
        text, signature = (folder / FILE).read_text(), (folder / SIGNATURE).read_text()
    except FileNotFoundError as missing:
        raise Impossible(f"{folder} holds no finished backup.") from missing
    if not any(signing.is_signed(text, signature, key) for key in signing.trusted_keys().values()):
        raise Impossible("The manifest is not as it was signed, or AUDIT_SIGNING_KEY is not the one that signed it.")
    if json.loads(text)["format"] != FORMAT:
        raise Impossible("This backup was made by another version of the portal: restore it with that one.")
    return Manifest(**json.loads(text))
