#!/usr/bin/env python3
"""Django's command line; starts the embedded PostgreSQL when no DATABASE_URL names another."""

import os
import sys

from django.core.management import execute_from_command_line

from compliance_portal import embedded


def main() -> None:
    """Run one management command against the configured (or the embedded) database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_portal.settings")
    embedded.provide()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
