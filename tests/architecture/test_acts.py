"""Every act can be read and called the same way."""

import ast
from collections.abc import Iterator

from tests.architecture.house import FLOORS, code_of, named, tree_of

THE_ONE_DOOR = "blocs/workflow.py"


def acts() -> Iterator[tuple[str, ast.FunctionDef]]:
    for app in FLOORS:
        for path in code_of(app, under="actions"):
            for node in tree_of(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{named(path)}:{node.name}", node


def is_atomic(act: ast.FunctionDef) -> bool:
    """An act is a transaction of its own; what several acts share runs in theirs."""
    return "transaction.atomic" in {ast.unparse(decorator) for decorator in act.decorator_list}


def test_every_act_says_what_it_does() -> None:
    assert [name for name, act in acts() if not ast.get_docstring(act)] == []


def test_every_act_takes_its_subject_and_at_most_one_more_thing_and_names_everything_else() -> None:
    assert [name for name, act in acts() if is_atomic(act) and len(act.args.args) > 2] == []


def test_a_state_is_changed_through_one_door_only() -> None:
    """`advance` of blocs/workflow.py is the only code that assigns a state or updates one in rows."""
    found = [
        f"{named(path)}:{node.lineno}"
        for app in FLOORS
        for path in code_of(app)
        if named(path) != THE_ONE_DOOR
        for node in ast.walk(tree_of(path))
        if assigns_a_state(node)
    ]

    assert found == []


def assigns_a_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in node.targets)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(word.arg == "state" for word in node.keywords)
    )
