"""What is served of the design system: styles, scripts, fonts and icons, without what they are built from."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.management import call_command

from compliance_portal.paths import BASE_DIR, VAR_DIR

STAMP = VAR_DIR / "static.stamp"


class Assets(StaticFilesConfig):
    """Django's static files, without 2,400 files of the design system that no page asks for."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "scss",
        "theme",
        "components",
        "material-icons*",
        "uswds.css",
        "uswds.js",
    ]


def are_collected() -> bool:
    """Say whether the files gathered for serving are those that are here now."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    return manifest.exists() and STAMP.exists() and STAMP.read_text() == _digest()


def collect() -> None:
    """Gather the files for serving, compressed and named by their contents."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    STAMP.write_text(_digest())


def _digest() -> str:
    locks = [BASE_DIR / "package-lock.json", BASE_DIR / "requirements.txt"]
    digest = hashlib.sha256()
    for path in [*locks, *sorted(path for path in (BASE_DIR / "static").rglob("*") if path.is_file())]:
        digest.update(f"{path.relative_to(BASE_DIR)}:{hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()
