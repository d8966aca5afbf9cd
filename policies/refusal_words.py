"""What a rule can refuse with, read from its own source: nobody keeps a second copy of the sentences."""

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import lru_cache
from textwrap import dedent
from types import FunctionType
from typing import Any

from workflow.decisions import Denied

Rule = Callable[..., object]
# Stands for what depends on the case.
BLANK = "…"


@lru_cache(maxsize=1000)
def sentences(rule: Rule) -> tuple[str, ...]:
    """Each sentence a rule can refuse with, in the order of its source.

    Those of the functions it calls count as its own, as far as these stand in the same module and are no rules.
    """
    return tuple(dict.fromkeys(_said_by(rule, set())))


def _said_by(function: Any, asked: set[Any]) -> Iterator[str]:
    asked.add(function)
    names = function.__globals__
    for node in _in_order(_read(function)):
        if isinstance(node, ast.Call) and _meaning(node.func, names) is Denied:
            yield from _sentence(_reason(node), names)
        means = _meaning(node, names)
        if isinstance(means, Denied):
            yield means.reason
        elif _is_part_of(means, function) and means not in asked:
            yield from _said_by(means, asked)


def _read(function: Any) -> ast.AST:
    """The body of a function, without its decorators and annotations."""
    (definition,) = ast.parse(dedent(inspect.getsource(function))).body
    return ast.Module(getattr(definition, "body", []), [])


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _meaning(node: ast.AST, names: dict[str, Any]) -> Any:
    """What a bare name stands for in its module; None for everything else."""
    return names.get(node.id) if isinstance(node, ast.Name) else None


def _is_part_of(means: Any, function: Any) -> bool:
    """Whether this is a function of the same module that is no rule itself."""
    its_own = isinstance(means, FunctionType) and means.__module__ == function.__module__
    return its_own and not hasattr(means, "__wrapped__")


def _reason(call: ast.Call) -> ast.expr:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    return call.args[0] if call.args else named[0]


def _sentence(node: ast.expr, names: dict[str, Any]) -> Iterator[str]:
    """The sentences this expression can come to, with a blank for every part the source does not say."""
    means = _meaning(node, names)
    if isinstance(node, ast.Constant) or isinstance(means, str):
        yield means or str(getattr(node, "value", BLANK))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else BLANK for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_sentence(node.body, names), *_sentence(node.orelse, names))
    elif isinstance(node, ast.Call) and isinstance(called := _meaning(node.func, names), FunctionType):
        yield from _returned_by(called)
    else:
        yield BLANK


def _returned_by(function: FunctionType) -> Iterator[str]:
    for node in _in_order(_read(function)):
        if isinstance(node, ast.Return) and node.value is not None:
            yield from _sentence(node.value, function.__globals__)
