"""The settings of the site, as the suite runs them: a database file and a folder of files of this process alone."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["TESTING"] = "1"

from config.settings import *  # noqa: F403 - the test settings are the real ones, with less at stake
from config.settings import DATABASES

_FOLDER = Path(tempfile.mkdtemp(prefix="tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

MEDIA_ROOT = _FOLDER / "files"
STATIC_ROOT = _FOLDER / "static"
STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody attacks the cast of the tests
SECRET_KEY = "a key for the suite, long enough that no check of Django's complains about its length"  # noqa: S105

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file, so that threads and the live server meet real locks; no waiting for the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "db.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
