"""A PostgreSQL server of the tests' own: made in a folder, reached through a socket in it, stopped and removed at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def program(name: str) -> str | None:
    """Where a program of PostgreSQL stands: on the path, or where packages put it."""
    return shutil.which(name) or next((str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)


def owner() -> str | None:
    """Whose the server is: it refuses to be the superuser's."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty database. Skips the test where there is no server to start, or no psycopg."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'dateline[postgres]'")
    initdb, server = program("initdb"), program("postgres")
    if not initdb or not server:
        pytest.skip("no PostgreSQL server is installed here (initdb and postgres)")
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    who = owner()
    if who:
        shutil.chown(folder, who)
    data = folder / "data"
    made = subprocess.run(
        [initdb, "-D", str(data), "-U", "dateline", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], user=who, capture_output=True, text=True, cwd=folder
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(folder)
        pytest.skip(f"initdb did not work here: {made.stderr.strip()[:200]}")
    options = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off")
    job = subprocess.Popen([server, "-D", str(data), *options], user=who, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        yield waited(f"postgresql://dateline@/postgres?host={folder}")
    finally:
        job.terminate()
        job.wait(timeout=30)
        shutil.rmtree(folder)


def new_database(address: str) -> str:
    """The address of another empty database on the server."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        name = f"store{server.execute('SELECT count(*) FROM pg_database').fetchone()[0]}"  # type: ignore[index]
        server.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    return address.replace("/postgres?", f"/{name}?")


def waited(address: str) -> str:
    """The address, once the server answers."""
    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(address).close()
            return address
        except psycopg.OperationalError:
            time.sleep(0.05)
    pytest.skip("the PostgreSQL server did not start within ten seconds")
