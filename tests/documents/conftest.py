"""A bloc year with its records clerk, and a paper of the leader unit."""

import datetime as dt

import pytest

from blocs.clock import at
from blocs.models import Post
from documents.actions import draft_document
from documents.models import Document
from tests.cast import TODAY, make_cast, make_user
from tests.documents import samples

NOW = at(TODAY, 9)


@pytest.fixture
def cast(db):
    return make_cast(3)


@pytest.fixture
def clerk(cast):
    user = make_user("clerk1")
    Post.objects.create(user=user, unit=cast.leader, role=Post.Role.CLERK, title="Văn thư", from_on=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def officer(cast):
    return cast.officers["BQL-1"]


@pytest.fixture
def draft(cast):
    """Return a function that drafts a paper of the leader unit."""

    def make(paper=None, *, kind=Document.Kind.SUBMISSION, **fields):
        paper = paper or samples.letter()
        fields = {"unit": cast.leader, "by": cast.officers["BQL-1"], "on": TODAY} | fields
        return draft_document(fields.pop("year", cast.year), kind=kind, paper=paper, **fields)

    return make
