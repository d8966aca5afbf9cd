"""The house rules that a reviewer should not have to repeat."""

import ast
import re

from tests.architecture.source import FLOORS, ROOT, functions, modules, place, templates

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
NAMELESS_ROOMS = {"utils", "util", "helpers", "helper", "common", "misc", "lib", "tools"}


def _public(name: str) -> bool:
    return not name.startswith("_")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = [*modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "static").rglob("*.*")]
    lengths = {place(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        place(file, function): function.end_lineno - function.lineno + 1
        for file, tree in modules().items()
        for function in functions(tree)
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_and_public_function_says_what_it_promises() -> None:
    silent = []
    for file, tree in modules().items():
        if tree.body and file.name not in {"apps.py", "__init__.py"} and not ast.get_docstring(tree):
            silent.append(place(file))
        silent += [
            place(file, node)
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and _public(node.name) and not ast.get_docstring(node)
        ]
    assert [name for name in silent if "apps.py" not in name and name != "manage.py:"] == []


def test_every_import_stands_at_the_top() -> None:
    hidden = [
        place(file, node)
        for file, tree in modules().items()
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_views_reach_rows_only_through_rules() -> None:
    reaching = [
        place(file, node)
        for file, tree in modules().items()
        if file.stem == "views" or file.parent.name == "views"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert reaching == []


def test_nothing_happens_behind_a_callers_back() -> None:
    surprises = []
    for file, tree in modules().items():
        source = ast.unparse(tree)
        if re.search(
            r"django\.(db\.models|dispatch|core)\.?(signals)?\b.* import .*(receiver|post_save|pre_save)", source
        ):
            surprises.append(f"{place(file)}: signals")
        surprises += [
            place(file, function)
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases)
            for function in node.body
            if isinstance(function, ast.FunctionDef) and function.name in {"save", "delete"}
        ]
    assert surprises == []


def test_no_room_is_named_for_nothing() -> None:
    nameless = [place(file) for file in modules() if {file.stem, *file.relative_to(ROOT).parts} & NAMELESS_ROOMS]
    assert nameless == []


def test_nothing_is_left_for_later() -> None:
    marker = re.compile(r"\b(?:" + "|".join(word[::-1] for word in ("ODOT", "EMXIF", "KCAH")) + r")\b")
    files = [*modules(), *templates(), *(ROOT / "static").rglob("*.*"), *(ROOT / "tests").rglob("*.py")]
    assert [place(file) for file in files if marker.search(file.read_text(encoding="utf-8"))] == []


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
    )
    found = {place(file): inline.findall(file.read_text(encoding="utf-8")) for file in templates()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_nothing_typed_is_ever_marked_as_safe_markup() -> None:
    markup = re.compile(r"\|\s*safe\b|\bmark_safe\(|\{%\s*autoescape off")
    files = [file for file in [*modules(), *templates()] if "email" not in file.parts]
    assert [place(file) for file in files if markup.search(file.read_text(encoding="utf-8"))] == []


def test_every_floor_is_a_folder_with_tests() -> None:
    untested = [
        floor
        for floor in FLOORS
        if floor != "compliance_portal" and not list((ROOT / "tests" / floor).glob("test_*.py"))
    ]
    assert untested == []


def test_only_the_product_speaks_of_its_own_paths() -> None:
    machine = re.compile(r"/(?:root|home|work)/[a-z]")
    texts = [*modules(), *templates(), *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "Makefile"]
    found = [place(file) for file in texts if machine.search(file.read_text(encoding="utf-8"))]
    assert found == []
