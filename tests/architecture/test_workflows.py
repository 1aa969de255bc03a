"""docs/workflows.md says what the models say."""

import pytest

from tests.architecture.workflows import DOCUMENT, dossiers, written


def test_the_document_of_workflows_agrees_with_the_models() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), "run: python -m tests.architecture.workflows"


@pytest.mark.parametrize("model", list(dossiers()), ids=lambda model: model._meta.label)
def test_every_state_is_on_some_path(model: type) -> None:
    states = set(dict(model._meta.get_field("state").flatchoices))
    left = {str(here) for here, following in model.TRANSITIONS.items() if following}
    entered = {str(there) for following in model.TRANSITIONS.values() for there in following}

    assert states - left - entered == set()
    assert (left | entered) - states == set()
