"""The project's own Python and templates, parsed once for every check of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = [
    "benchmarks",
    "compliance_portal",
    "demo",
    "worklist",
    "access_requests",
    "incidents",
    "investigations",
    "policies",
    "workflow",
    "attachments",
    "notifications",
    "vault",
    "audit",
    "people",
]


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the product, without migrations, parsed."""
    files = [file for floor in FLOORS for file in (ROOT / floor).rglob("*.py") if "migrations" not in file.parts]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in [*files, ROOT / "manage.py"]}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def templates() -> list[Path]:
    """Every template."""
    return sorted((ROOT / "templates").rglob("*.*"))


def place(file: Path, node: ast.stmt | ast.expr | None = None) -> str:
    """Where something stands, for the message of a failed check."""
    where = str(file.relative_to(ROOT))
    return f"{where}:{node.lineno}" if node else where
