"""Queries of every request whose SQL Django writes once a process: writing it takes longer than the database needs."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

# Stands where the number asked for will stand; no row has it.
_HERE = -4_611_686_018_427_387_011


class Prepared(Generic[M]):
    """A query about one number, such as a person's id; `build` writes it with the ORM, as any other."""

    def __init__(self, build: Callable[[int], QuerySet[M]]) -> None:
        self._build = build

    def rows(self, number: int = 0) -> list[M]:
        """The rows for this number, annotations included; one query."""
        sql, parameters = self._written
        return list(self._model.objects.raw(sql, self._filled(parameters, number)))  # type: ignore[attr-defined]

    def first(self, number: int) -> M | None:
        """The first of them, or None; one query."""
        return next(iter(self.rows(number)), None)

    def count(self, number: int) -> int:
        """How many rows there are for this number; one query."""
        sql, parameters = self._written
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql}) AS counted", self._filled(parameters, number))  # noqa: S608
            counted: int = cursor.fetchone()[0]
        return counted

    @cached_property
    def _model(self) -> type[M]:
        return self._build(_HERE).model

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = self._build(_HERE).query.sql_with_params()
        return sql, tuple(parameters)

    @staticmethod
    def _filled(parameters: tuple[Any, ...], number: int) -> list[Any]:
        return [number if parameter == _HERE else parameter for parameter in parameters]
