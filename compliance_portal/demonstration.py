"""Where the demonstration, which signs anyone in with one click, may run: on this machine, reached by nobody else."""

import os
from typing import Any
from urllib.parse import urlsplit

import environ

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1", "testserver"}
REFUSAL = (
    "DEMO signs anyone in with one click, so it only runs on this machine: unset DEMO, or unset PRODUCTION, SITE_URL,"
    " ALLOWED_HOSTS, BEHIND_PROXY, WEB_BIND and DATABASE_URL."
)


def is_only_here(env: environ.Env) -> bool:
    """Whether nothing in the environment lets others reach this portal, or this portal reach a shared database."""
    if env.bool("PRODUCTION", default=False) or env.bool("BEHIND_PROXY", default=False):
        return False
    site = urlsplit(env.str("SITE_URL", default="http://localhost"))
    bound = urlsplit(f"//{env.str('WEB_BIND', default='')}")
    names = {site.hostname or "", bound.hostname or "localhost", *env.list("ALLOWED_HOSTS", default=[])}
    databases = [name for name in ("DATABASE_URL", "OWNER_DATABASE_URL") if env.str(name, default="")]
    return site.scheme == "http" and names <= LOOPBACK and all(_is_here(env.db_url(name)) for name in databases)


def _is_here(database: dict[str, Any]) -> bool:
    options = database.get("OPTIONS", {})
    named = [database["HOST"], options.get("host", ""), options.get("hostaddr", "")]
    # Without a host in the address, PostgreSQL's library looks for one here.
    hosts = [host for host in named if host] or [os.environ.get("PGHOST", "")]
    return "service" not in options and all(_is_local(part) for host in hosts for part in host.split(","))


def _is_local(host: str) -> bool:
    return not host or host.startswith(("/", "%2F")) or host in LOOPBACK
