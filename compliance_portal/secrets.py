"""Keys for an installation without any in its environment: made on first run, kept in one private file."""

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from compliance_portal.paths import VAR_DIR

FILE = VAR_DIR / "secrets.json"


def fill_environment() -> None:
    """Put every secret the environment lacks into it; an installation keeps the ones it first made."""
    for name, value in _kept(FILE).items():
        os.environ.setdefault(name, value)


def _kept(file: Path) -> dict[str, str]:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(_fresh()))
        _first_writer_wins(draft, file)
    kept: dict[str, str] = json.loads(file.read_text())
    return kept


def _first_writer_wins(draft: Path, file: Path) -> None:
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _fresh() -> dict[str, str]:
    signing = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw,
        serialization.PrivateFormat.Raw,
        serialization.NoEncryption(),
    )
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAULT_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "AUDIT_SIGNING_KEY": base64.b64encode(signing).decode(),
    }
