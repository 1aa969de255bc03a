"""docs/workflows.md says what the models say."""

import pytest

from tests.architecture.workflows import DOCUMENT, dossiers, written


def test_the_document_of_workflows_agrees_with_the_models() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), "run: python -m tests.architecture.workflows"


@pytest.mark.parametrize("model", dossiers(), ids=lambda model: model._meta.label)
def test_every_state_can_be_reached(model: type) -> None:
    reached = {model._meta.get_field("state").get_default()}
    for _ in model.TRANSITIONS:
        reached |= {there for here in reached for there in model.TRANSITIONS.get(here, ())}

    assert set(dict(model._meta.get_field("state").flatchoices)) - reached == set()
