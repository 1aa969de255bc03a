"""Imports are watched by import-linter; these tests watch what it cannot see: relations and names in strings."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.house import FLOORS, code_of, may_know, named, tree_of

OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
A_NAME_IN_A_STRING = re.compile(rf"^({'|'.join(FLOORS)})\.[A-Za-z_]\w*(\.\w+)*$")


def names_left_on_models_of(app: str, *, by_higher_floors: bool) -> set[str]:
    """The accessors that foreign keys leave on the models an app may know: by floors above it, or by the others."""
    return {
        relation.get_accessor_name()
        for model in OUR_MODELS
        if may_know(app, model._meta.app_label)
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in FLOORS
        and may_know(app, relation.related_model._meta.app_label) is not by_higher_floors
        and relation.get_accessor_name()
    }


def names_of_fields(app: str) -> set[str]:
    return {
        field.name
        for model in OUR_MODELS
        if may_know(app, model._meta.app_label)
        for field in (*model._meta.fields, *model._meta.many_to_many)
    }


def names_written_in(app: str) -> set[str]:
    """What the code of an app defines itself: the fields of its dataclasses, its methods and functions."""
    nodes = [node for path in code_of(app) for node in ast.walk(tree_of(path))]
    fields = {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return fields | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_relations_of_a_model_point_to_its_own_floor_or_down(model: type[Model]) -> None:
    targets = {
        field.name: field.related_model._meta.app_label
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model is not None
    }

    upward = {name: app for name, app in targets.items() if app in FLOORS and not may_know(model._meta.app_label, app)}

    assert upward == {}


@pytest.mark.parametrize("app", FLOORS)
def test_code_names_higher_floors_in_no_string(app: str) -> None:
    found = [
        f"{named(path)}:{node.lineno} {node.value}"
        for path in code_of(app)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (match := A_NAME_IN_A_STRING.match(node.value))
        and not may_know(app, match[1])
    ]

    assert found == []


@pytest.mark.parametrize("app", FLOORS)
def test_code_follows_no_relation_upward(app: str) -> None:
    """A foreign key from above leaves an accessor on our model; only the floor that owns the key may use it."""
    harmless = names_of_fields(app) | names_left_on_models_of(app, by_higher_floors=False) | names_written_in(app)
    suspect = names_left_on_models_of(app, by_higher_floors=True) - harmless

    found = [
        f"{named(path)}:{node.lineno} {name}"
        for path in code_of(app)
        for node in ast.walk(tree_of(path))
        for name in accessors_in(node)
        if name in suspect
    ]

    assert found == []


def accessors_in(node: ast.AST) -> list[str]:
    """The names by which a piece of code may follow a relation: `.name`, `name__field=`, "name__field"."""
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.keyword) and node.arg:
        return [node.arg.split("__")[0]] if "__" in node.arg else []
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"\w+__\w+", node.value):
        return [node.value.split("__")[0]]
    return []
