"""The permission table's engine: every url × every role × own and foreign, and a refused POST that changed nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
OUTSIDE = re.compile(r"\"(django_session|cache)\"")
OK = {200, 204, 302, 303, 409, 410, 413, 422}
LOGIN, FORBIDDEN, UNSEEN, NO_METHOD = "the sign-in page", 403, 404, 405
FOUND, KEPT = 302, 401  # to the sign-in page; the page that keeps what a signed-out person typed
ROLES = (
    "nobody", "outsider", "foreign_officer", "foreign_official", "fellow", "officer", "head", "deputy", "leader", "official",
)  # fmt: skip
"""nobody is not signed in · outsider holds no post · foreign ones belong to another bloc · officer and head are of the unit
whose dossier it is, fellow of another member · deputy and leader are officers of the units that assist and lead the year."""


@dataclass(frozen=True)
class Row:
    """One address: how its parts are found on the stage, who may GET, who may POST, and what others get.

    `get` and `post` name the roles that may; None means the method is not answered (405). `hidden` names the roles for
    which the object is not there (404); signed-in roles in neither get 403. `public` also admits nobody. `signs_out`: the answer leads to the sign-in page.
    """

    name: str
    parts: Callable[[Any], Mapping[str, Any]] = lambda _stage: {}
    get: str | None = None
    post: str | None = None
    data: Callable[[Any], Mapping[str, Any]] = field(default=lambda _stage: {})
    hidden: str = "foreign_officer foreign_official outsider"
    public: bool = False
    signs_out: bool = False
    year: int = 2024

    def expected(self, method: str, role: str) -> Any:
        """Return what the role gets: a set of fine answers, or the one refusal."""
        allowed = self.get if method == "GET" else self.post
        if role == "nobody" and not self.public:
            return LOGIN
        if allowed is None:
            return NO_METHOD
        if role in allowed.split() or allowed == "all":
            return OK
        return UNSEEN if role in self.hidden.split() else FORBIDDEN


def url_names(patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}"


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect every statement that would write to a table of the field; sessions and the cache are no part of it."""
    writes: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        if WRITE.match(sql) and not OUTSIDE.search(sql):
            writes.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield writes


def ask(row: Row, method: str, role: str, stage: Any) -> tuple[Any, list[str]]:
    """Send one request as one role; return the answer and what it wrote."""
    client = Client(raise_request_exception=True)
    user = stage.person(role, row.year)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse(row.name, kwargs=dict(row.parts(stage)))
    with watched() as writes:
        response = client.get(url) if method == "GET" else client.post(url, dict(row.data(stage)))
    return response, writes


def judge(row: Row, method: str, role: str, stage: Any) -> str:
    """Return what is wrong with one answer, "" when it is as the table says; a refusal must not write a row."""
    wanted = row.expected(method, role)
    response, writes = ask(row, method, role, stage)
    if response.streaming:
        list(response.streaming_content)  # read to its end, a file is closed
    where = f"{method} {row.name} as {role}"
    if not _answers(response, wanted, method, may_leave=row.signs_out):
        location = response.headers.get("Location", "")
        return f"{where}: {response.status_code} {location}, wanted {wanted}"
    if wanted is not OK and writes:
        return f"{where}: was refused, and wrote all the same: {writes}"
    return ""


def _answers(response: Any, wanted: Any, method: str, *, may_leave: bool) -> bool:
    to_sign_in = "/dang-nhap/" in response.headers.get("Location", "")
    if wanted is LOGIN:
        keeps_words = method == "POST" and response.status_code == KEPT
        return keeps_words or (response.status_code == FOUND and to_sign_in)
    if wanted is OK:
        return response.status_code in OK and (may_leave or not to_sign_in)
    return bool(response.status_code == wanted)
