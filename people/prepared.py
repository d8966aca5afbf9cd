"""Queries of every request whose SQL Django writes once a process: writing it takes longer than the database needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.expressions import DatabaseDefault

from people.models import User
from people.planned import Planned

M = TypeVar("M", bound=Model)

# Stands where the number asked for will stand; no row has it.
HERE = -4_611_686_018_427_387_011


def somebody(roles: frozenset[str]) -> User:
    """A stand-in for everyone with these roles, under the number HERE: what is written for them serves each."""
    person = User(pk=HERE)
    person.roles = roles
    return person


def made(model: type[M], names: list[str], row: tuple[object, ...]) -> M:
    """The record in a row whose columns have these names; what is no column of the model is an attribute besides."""
    values = dict(zip(names, row, strict=True))
    fields = {attname: values.pop(column) for column, attname in _columns(model) if column in values}
    for attname, convert in _converted(model):
        if attname in fields:
            fields[attname] = convert(fields[attname], None, connection)
    found = model.from_db(DEFAULT_DB_ALIAS, list(fields), list(fields.values()))
    vars(found).update(values)
    return found


@cache
def _columns(model: type[Model]) -> list[tuple[str, str]]:
    return [(str(field.column), field.attname) for field in model._meta.concrete_fields]  # noqa: SLF001


@cache
def _converted(model: type[Model]) -> list[tuple[str, Callable[..., Any]]]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return [(field.attname, convert) for field in fields for convert in field.get_db_converters(connection)]


def put(record: M) -> M:
    """Insert a new record as its save() would, by a statement planned before; what the database fills in is read back.

    Raises the database's own errors. For records put in all day long: no signals are sent.
    """
    chosen = [field for field in record._meta.concrete_fields if _is_given(record, field)]  # noqa: SLF001
    planned = _putting(type(record), tuple(field.attname for field in chosen))
    values = (_as_stored(record, field) for field in chosen)
    names, (row,) = planned.named(*values)
    vars(record).update(zip(names, row, strict=True))
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  as the ORM leaves it
    return record


# Their values go to the database as they are; Django would look at each in five steps.
_AS_THEY_ARE = (CharField, TextField, BooleanField, IntegerField, DateField, ForeignKey)


def _as_stored(record: Model, field: Field[Any, Any]) -> Any:
    if isinstance(field, _AS_THEY_ARE):
        return getattr(record, field.attname)
    return field.get_db_prep_save(field.pre_save(record, add=True), connection)


def _is_given(record: Model, field: Field[Any, Any]) -> bool:
    if field.generated or (field.primary_key and record.pk is None):
        return False
    return not isinstance(getattr(record, field.attname), DatabaseDefault)


@cache
def _putting(model: type[Model], given: tuple[str, ...]) -> Planned:
    fields = model._meta.concrete_fields  # noqa: SLF001
    columns = {field.attname: connection.ops.quote_name(str(field.column)) for field in fields}
    back = ", ".join(f"{column} AS {name}" for name, column in columns.items() if name not in given) or "1"
    names, marks = ", ".join(columns[name] for name in given), ", ".join(["%s"] * len(given))
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING {back}"  # noqa: S608  the names of columns
    return Planned(sql, given, asks=given)


class Prepared(Generic[M]):
    """A query about one number, such as a person's id; `build` writes it with the ORM, as any other.

    `here` stands where the number will stand; nothing has it.
    """

    def __init__(self, build: Callable[[Any], QuerySet[M]], *, here: int | UUID = HERE) -> None:
        self._build = build
        self._here = here

    def rows(self, number: int | UUID = 0) -> list[M]:
        """The rows for this number, annotations included; one query."""
        names, found = self._planned.named(number)
        return [made(self._model, names, row) for row in found]

    def first(self, number: int | UUID) -> M | None:
        """The first of them, or None; one query."""
        return next(iter(self.rows(number)), None)

    def count(self, number: int | UUID) -> int:
        """How many rows there are for this number; one query."""
        ((counted,),) = self._counting.rows(number)
        return int(counted)

    @cached_property
    def _model(self) -> type[M]:
        return self._build(self._here).model

    @cached_property
    def _planned(self) -> Planned:
        sql, params = self._build(self._here).query.sql_with_params()
        return Planned(sql, params, asks=[self._here])

    @cached_property
    def _counting(self) -> Planned:
        sql, params = self._build(self._here).query.sql_with_params()
        return Planned(f"SELECT count(*) FROM ({sql}) AS counted", params, asks=[self._here])  # noqa: S608  the ORM's own SQL
