"""What is served of the design system: styles, scripts, fonts and icons, without what they are built from."""

from django.contrib.staticfiles.apps import StaticFilesConfig


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
