"""Write docs/workflows.md from the TRANSITIONS tables of the models.

python -m tests.architecture.workflows
"""

import os
from collections.abc import Iterator

from tests.architecture.house import FLOORS, ROOT

DOCUMENT = ROOT / "docs" / "workflows.md"
HEAD = """# Workflows

Every state of every dossier and the steps between them, as the `TRANSITIONS` tables of the models say. A state changes
through one door only, `blocs/workflow.py: advance`; a step that is not drawn here is refused with a sentence.

This file is written by `python -m tests.architecture.workflows`, and a test compares it with the models.
"""


def written() -> str:
    """The whole document as the models have it now."""
    return "\n".join([HEAD, *(chapter(model) for model in dossiers())])


def dossiers() -> Iterator[type]:
    """The models with a workflow, from the ground floor up."""
    from django.apps import apps  # noqa: PLC0415 - Django must be set up first

    ours = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
    ours.sort(key=lambda model: (FLOORS[model._meta.app_label], model._meta.label))
    return (model for model in ours if hasattr(model, "TRANSITIONS"))


def chapter(model: type) -> str:
    """One model: a drawing, and the same as a table."""
    labels = dict(model._meta.get_field("state").flatchoices)
    name = str(model._meta.verbose_name)
    drawing = [
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{label}" as {state}' for state, label in labels.items()),
        *(f"    [*] --> {state}" for state in first_states(model, labels)),
        *(f"    {here} --> {there}" for here, there in steps(model, labels)),
        "```",
    ]
    rows = [f"| {label} | `{state}` | {nexts(model, labels, state)} |" for state, label in labels.items()]
    table = ["| State | in code | leads to |", "|---|---|---|", *rows]
    return "\n".join([f"## {name[:1].upper()}{name[1:]} (`{model._meta.label}`)", "", *drawing, "", *table, ""])


def first_states(model: type, labels: dict[str, str]) -> list[str]:
    """The states in which a dossier may begin: the default, and those that no step leads to."""
    entered = {there for _, there in steps(model, labels)}
    default = model._meta.get_field("state").get_default()
    return [state for state in labels if state == default or state not in entered]


def steps(model: type, labels: dict[str, str]) -> list[tuple[str, str]]:
    """Every allowed step, in the order of the states."""
    order = list(labels)
    return [(here, str(there)) for here in order for there in sorted(model.TRANSITIONS.get(here, ()), key=order.index)]


def nexts(model: type, labels: dict[str, str], state: str) -> str:
    """The labels of the states that a state leads to."""
    return ", ".join(labels[there] for here, there in steps(model, labels) if here == state) or "(the end)"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    DOCUMENT.write_text(written(), encoding="utf-8")
