"""The permission table's engine: every url × every role × own and foreign, and a refused POST that changed nothing."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

OUTSIDE = {"sessions.session", "contenttypes.contenttype", "auth.permission"}
OK = {200, 204, 302, 303, 409, 413, 422}
LOGIN, FORBIDDEN, UNSEEN, NO_METHOD = "login", 403, 404, 405
ROLES = (
    "nobody", "outsider", "foreign_officer", "foreign_official", "fellow", "officer", "head", "deputy", "leader", "official",
)  # fmt: skip
"""nobody is not signed in · outsider holds no post · foreign ones belong to another bloc · officer and head are of the unit
whose dossier it is, fellow of another member · deputy and leader are officers of the units that assist and lead the year."""


@dataclass(frozen=True)
class Row:
    """One address: how its parts are found on the stage, who may GET, who may POST, and what others get.

    `get` and `post` name the roles that may; None means the method is not answered (405). `hidden` names the roles for
    which the object is not there (404); signed-in roles in neither get 403. `public` also admits nobody.
    """

    name: str
    parts: Callable[[Any], Mapping[str, Any]] = lambda _stage: {}
    get: str | None = None
    post: str | None = None
    data: Callable[[Any], Mapping[str, Any]] = field(default=lambda _stage: {})
    hidden: str = "foreign_officer foreign_official outsider"
    public: bool = False
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


def fingerprint() -> str:
    """Return a digest of every row of every table that belongs to the field."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if model._meta.label_lower in OUTSIDE or not model._meta.managed:
            continue
        for row in model._base_manager.order_by("pk").values_list():
            digest.update(json.dumps([model._meta.label_lower, *row], cls=DjangoJSONEncoder, default=str).encode())
    return digest.hexdigest()


def ask(row: Row, method: str, role: str, stage: Any) -> Any:
    """Send one request as one role and return its answer."""
    client = Client(raise_request_exception=True)
    user = stage.person(role, row.year)
    if user is not None:
        client.force_login(user)
    url = reverse(row.name, kwargs=dict(row.parts(stage)))
    return client.get(url) if method == "GET" else client.post(url, dict(row.data(stage)))


def judge(row: Row, method: str, role: str, stage: Any) -> str:
    """Return what is wrong with one answer, "" when it is as the table says; a refusal must not change a row."""
    wanted = row.expected(method, role)
    before = "" if wanted is OK or method == "GET" else fingerprint()
    response = ask(row, method, role, stage)
    location = response.headers.get("Location", "")
    where = f"{method} {row.name} as {role}"
    if wanted is LOGIN:
        kept_words = method == "POST" and response.status_code == 401  # the page that keeps what was typed
        if not kept_words and not (response.status_code == 302 and "/dang-nhap/" in location):
            return f"{where}: {response.status_code} {location}, wanted the sign-in page"
    elif wanted is OK:
        if response.status_code not in OK or "/dang-nhap/" in location:
            return f"{where}: {response.status_code} {location}, wanted an answer"
    elif response.status_code != wanted:
        return f"{where}: {response.status_code} {location}, wanted {wanted}"
    if before and fingerprint() != before:
        return f"{where}: was refused, and changed something all the same"
    return ""
