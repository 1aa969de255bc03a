"""Tell, without failing, which functions, files and templates have outgrown their room."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "home", "conferences", "awards", "scoring", "pledges", "voting", "documents", "blocs")
FUNCTION, VIEW, FILE, TEMPLATE = 25, 20, 300, 120
Finding = tuple[int, int, str]  # lines, lines allowed, where


def length(file: Path) -> int:
    """Return the number of lines of a file."""
    return len(file.read_text(encoding="utf-8").splitlines())


def body_length(function: ast.FunctionDef) -> int:
    """Return the lines of a function from its name to its end, the docstring left out."""
    first = function.body[0]
    told = ast.get_docstring(function) is not None and (first.end_lineno or 0) - first.lineno + 1
    return (function.end_lineno or 0) - function.lineno + 1 - int(told)


def functions_in(file: Path) -> Iterator[Finding]:
    """Yield the functions that are too long; a view has less room than others."""
    name = file.relative_to(ROOT).as_posix()
    allowed = VIEW if "/views" in f"/{name}" else FUNCTION
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and body_length(node) > allowed:
            yield body_length(node), allowed, f"{name}:{node.lineno} {node.name}"


def findings() -> Iterator[Finding]:
    """Yield everything that is too long."""
    sources = [file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]
    for file in sources:
        yield from functions_in(file)
    for files, allowed in ((sources, FILE), ((ROOT / "templates").rglob("*.html"), TEMPLATE)):
        for file in files:
            if length(file) > allowed:
                yield length(file), allowed, file.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    found = sorted(findings(), key=lambda finding: finding[0] / finding[1], reverse=True)
    print(
        f"    {len(found)} functions, files and templates are longer than meant" + (", the longest:" if found else "")
    )
    for lines, allowed, where in found[:15]:
        print(f"    {lines:4} of {allowed:3}  {where}")
