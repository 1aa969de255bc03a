"""The documents for developers say what was built."""

import re

import pytest
from django.apps import apps

from tests.architecture.house import FLOORS, ROOT, named

OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
GLOSSARY = ROOT / "docs" / "glossary.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
ROW_OF_THE_GLOSSARY = re.compile(r"^\| ([^|]+) \| `(\w+)` \|", re.MULTILINE)


def test_the_glossary_names_every_model_by_its_word() -> None:
    told = {code: words.strip() for words, code in ROW_OF_THE_GLOSSARY.findall(GLOSSARY.read_text(encoding="utf-8"))}

    assert told == {model.__name__: str(model._meta.verbose_name) for model in OUR_MODELS}


@pytest.mark.parametrize("app", FLOORS)
def test_every_room_of_an_app_is_told_in_the_architecture(app: str) -> None:
    told = set(re.findall(r"`(\w+)`", ARCHITECTURE.read_text(encoding="utf-8")))
    rooms = {path.stem for path in (ROOT / app).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert rooms - told - {"__init__", "migrations"} == set(), named(ROOT / app)


def test_every_variable_of_the_environment_is_told_to_the_operator() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", code))
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "deployment.md").read_text("utf-8"), re.MULTILINE))

    assert read - told - {"TESTING"} == set()
    assert told - read == set()
