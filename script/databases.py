"""Copying a whole database out and in: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


def engine_named(database: dict[str, Any]) -> str:
    """Return which engine the settings name."""
    return SQLITE if database["ENGINE"].endswith("sqlite3") else POSTGRES


def engine_of(copy: Path) -> str:
    """Return which engine a copy belongs to."""
    return SQLITE if copy.suffix == ".sqlite3" else POSTGRES


def url_of(database: dict[str, Any], name: str = "") -> str:
    """Return the DATABASE_URL of the settings, or of another database on the same server."""
    if engine_named(database) == SQLITE:
        return f"sqlite:///{quote(name or str(database['NAME']))}"
    user, password = (quote(str(database[key]), safe="") for key in ("USER", "PASSWORD"))
    host, port = str(database["HOST"]), str(database["PORT"])
    account = f"{user}:{password}@" if password else f"{user}@" if user else ""
    where = name or database["NAME"]
    if not host or host.startswith("/"):
        return f"postgres://{account}/{where}?host={quote(host or '/var/run/postgresql', safe='')}"
    return f"postgres://{account}{host}{':' + port if port else ''}/{where}"


def copy_out(database: dict[str, Any], folder: Path) -> Path:
    """Copy the whole database into the folder while the site runs."""
    if engine_named(database) == SQLITE:
        copy = folder / "database.sqlite3"
        _copy_sqlite(Path(database["NAME"]), copy)
        return copy
    copy = folder / "database.dump"
    _postgres(database, "pg_dump", "--format=custom", "--no-owner", f"--file={copy}")
    return copy


def copy_in(database: dict[str, Any], copy: Path) -> None:
    """Replace the whole database by a copy, in one transaction."""
    if engine_named(database) == SQLITE:
        _copy_sqlite(copy, Path(database["NAME"]))
        return
    _psql(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    _postgres(database, "pg_restore", "--no-owner", "--single-transaction", f"--dbname={database['NAME']}", str(copy))


def is_empty(database: dict[str, Any]) -> bool:
    """Say whether the database holds no table."""
    if engine_named(database) == SQLITE:
        file = Path(database["NAME"])
        if not file.exists():
            return True
        with closing(sqlite3.connect(file)) as connection:
            return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return _psql(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"


@contextmanager
def opened(database: dict[str, Any], copy: Path) -> Iterator[str | None]:
    """Give the DATABASE_URL of a copy, opened beside the site; None where the server lets us create no database."""
    if engine_of(copy) == SQLITE:
        yield url_of(database, str(copy))
        return
    name = f"{database['NAME']}_check_{os.getpid()}"
    try:
        _psql(database, f'CREATE DATABASE "{name}"')
    except subprocess.CalledProcessError:
        _postgres(database, "pg_restore", "--list", str(copy))
        yield None
        return
    try:
        _postgres(database, "pg_restore", "--no-owner", "--single-transaction", f"--dbname={name}", str(copy))
        yield url_of(database, name)
    finally:
        _psql(database, f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as here, closing(sqlite3.connect(target, timeout=60)) as there:
        here.backup(there)
        verdict = there.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        message = f"{target}: {verdict}"
        raise sqlite3.DatabaseError(message)


def _psql(database: dict[str, Any], statement: str) -> str:
    return _postgres(database, "psql", "-v", "ON_ERROR_STOP=1", "-At", "-c", statement).strip()


def _postgres(database: dict[str, Any], program: str, *words: str) -> str:
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    place = {variable: str(database[key]) for key, variable in names.items() if database.get(key)}
    done = subprocess.run([program, *words], env={**os.environ, **place}, check=True, capture_output=True, text=True)
    return done.stdout
