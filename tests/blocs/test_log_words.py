"""Every act that is written to the log has a name in words, so that nobody reads a code on the page."""

import ast
from collections.abc import Iterator

from blocs.queries.log_words import ACTS
from tests.architecture.house import FLOORS, code_of, tree_of


def test_every_act_of_the_log_has_its_words():
    assert sorted(set(acts_recorded()) - set(ACTS)) == []


def acts_recorded() -> Iterator[str]:
    """The literal acts handed to `record`, straight or through a function that takes `act`."""
    for app in FLOORS:
        for path in code_of(app):
            tree = tree_of(path)
            doors = {"record": 0} | dict(takers_of_an_act(tree))
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                place = doors.get(getattr(call.func, "id", ""))
                if place is not None:
                    yield from literals(call, place)


def takers_of_an_act(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        if "act" in names or "act" in {argument.arg for argument in function.args.kwonlyargs}:
            yield function.name, names.index("act") if "act" in names else -1


def literals(call: ast.Call, place: int) -> Iterator[str]:
    given = [word.value for word in call.keywords if word.arg == "act"]
    given += call.args[place : place + 1] if place >= 0 else []
    for expression in given:
        yield from words(expression)


def words(expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from words(expression.body)
        yield from words(expression.orelse)
