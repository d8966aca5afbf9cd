"""The people tests speak of: one line makes an employee, with a role or a place in the department."""

from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from people.models import Role, RoleGrant, Unit, User

PASSWORD = "correct horse battery staple"
_serial = count(1)


def unit(code: str = "DHS", *, name: str = "", kind: str = Unit.Kind.OFFICE, parent: Unit | None = None) -> Unit:
    """The unit with this code, made when it does not stand yet."""
    found, _ = Unit.objects.get_or_create(code=code, defaults={"name": name or code, "kind": kind, "parent": parent})
    return found


def employee(
    name: str = "Erin Employee",
    *,
    supervisor: User | None = None,
    unit: Unit | None = None,
    roles: tuple[Role, ...] = (),
    **fields: Any,
) -> User:
    """An active employee with PASSWORD, whose address and number are unique, holding these roles."""
    number = next(_serial)
    fields.setdefault("email", f"{slugify(name)}.{number}@dhs.example")
    fields.setdefault("employee_number", f"E{number:06}")
    user = User.objects.create(password=_hashed(), name=name, supervisor=supervisor, unit=unit, **fields)
    for role in roles:
        _grant(user, role)
    return user


@cache
def _hashed() -> str:
    # Hashing is slow on purpose; once is enough for every persona.
    return make_password(PASSWORD)


def _grant(user: User, role: Role) -> None:
    office = RoleGrant.Office.INTERNAL_AFFAIRS if role == Role.INVESTIGATOR else ""
    RoleGrant.objects.create(user=user, role=role, office=office)
