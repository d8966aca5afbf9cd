"""Loaded before Django's settings: gives the tests a database, keys and a queue of their own."""

import os

os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("CACHE_URL", "locmemcache://")
os.environ.setdefault("EXTRA_APPS", "tests.support")

from compliance_portal import embedded, secrets

secrets.fill_environment()
embedded.provide()
