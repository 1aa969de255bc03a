"""What stands in the repository, and what must not."""

import os
import re

import pytest

from tests.architecture.house import ROOT, kept_files, named

TEXTS = {".py", ".md", ".txt", ".in", ".toml", ".html", ".css", ".js", ".sh", ".cfg", ".yml", ".yaml", ".json", ""}
# Written in two pieces, so that this file is not the one that is found.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb.deb" + "ian.org"]
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:" + "work|root|home" + r")/[\w.]+")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def texts() -> list[tuple[str, str]]:
    return [
        (named(path), path.read_text(encoding="utf-8"))
        for path in kept_files()
        if path.suffix in TEXTS and path.is_file()
    ]


def test_no_file_names_the_host_of_a_package_index() -> None:
    assert [(name, host) for name, text in texts() for host in INDEX_HOSTS if host in text] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    assert [(name, found) for name, text in texts() for found in PLACES_OF_ONE_MACHINE.findall(text)] == []


def test_every_pinned_package_has_a_digest_and_no_address() -> None:
    for name in ("requirements/runtime.txt", "requirements/test.txt"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        pins = [block for block in blocks if not block.startswith("#")]

        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin or "://" in pin] == []


@pytest.mark.parametrize("lock", ["uv.lock", "pylock.toml", "poetry.lock", "package-lock.json"])
def test_no_lock_file_with_addresses_is_kept(lock: str) -> None:
    assert not (ROOT / lock).exists()


def test_every_script_that_the_documents_name_is_there_and_runs() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    named_scripts = {
        name for path in documents for name in re.findall(r"\bscript/[a-z_]+\b(?![./])", path.read_text("utf-8"))
    }

    assert named_scripts >= {"script/demo", "script/test"}
    assert [name for name in sorted(named_scripts) if not os.access(ROOT / name, os.X_OK)] == []


def test_every_link_of_the_documents_leads_to_a_file() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        (named(path), target)
        for path in documents
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert broken == []
