"""The house as its own tests see it: the apps by floor, and the files that are kept in the repository."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The number of the floor; voting and documents stand side by side and do not know each other.
FLOORS = {
    "blocs": 0,
    "voting": 1,
    "documents": 1,
    "pledges": 2,
    "scoring": 3,
    "awards": 4,
    "conferences": 5,
    "home": 6,
}
NOT_OURS = {".git", ".venv", "var", "__pycache__", "node_modules", ".hypothesis", ".mypy_cache", ".ruff_cache"}


def may_know(app: str, other: str) -> bool:
    """Whether an app may name another: itself, or one on a lower floor."""
    return app == other or FLOORS[app] > FLOORS[other]


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file of the repository: what git tracks, or where there is no git, the tree without what tools made."""
    git = shutil.which("git")
    listed = git and subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed and listed.returncode == 0:
        paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    else:
        paths = (path for path in ROOT.rglob("*") if NOT_OURS.isdisjoint(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in paths if path.is_file()))


def code_of(app: str, *, under: str = "") -> Iterator[Path]:
    """The Python files of an app, migrations left out."""
    folder = ROOT / app / under
    found = folder.rglob("*.py") if folder.is_dir() else iter([folder.with_suffix(".py")])
    return (path for path in sorted(found) if path.is_file() and "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """The path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()
