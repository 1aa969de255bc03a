"""One autosave costs the same few statements, whatever the size of the table and of the bloc, from the address to the answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scoring.models import Score
from tests.scoring.wide import fill_every_field, wide_assessment

pytestmark = pytest.mark.django_db
MOST = 8
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT", 'UPDATE "django_session"')


def statements(client, address, typed):
    """Return what one save runs, reading the session and the person included.

    Prolonging the session, which every request of anybody does, is not the save's.
    """
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return [query["sql"] for query in queries if not query["sql"].startswith(NOT_COUNTED)]


@pytest.mark.parametrize(("leaves", "members"), [(10, 2), (40, 20), (60, 68)])
@pytest.mark.parametrize(
    ("number", "typed"),
    [
        (1, {"points": "4", "seen_points": "3,25"}),
        (4, {"level": "0", "seen_level": "1"}),
        (7, {"plus": "2", "seen_plus": "3", "minus": "2", "seen_minus": "1", "explanation": "Ba ô một lần"}),
        (8, {"actual": "1700", "seen_actual": "1650,75"}),
    ],
)
def test_an_autosave_costs_at_most_eight_statements(leaves, members, number, typed, settings):
    settings.DEMO_TODAY = "2024-12-05"
    cast, table, assessment = wide_assessment(leaves, members)
    fill_every_field(assessment)
    rows = list(table.criteria.exclude(method=""))
    row = rows[number - 1]
    client = Client()
    client.force_login(cast.officers["BQL-1"], backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/khoi/mnpb/2024/cham-diem/bang-tu-cham/{assessment.membership_id}/tieu-chi/{row.pk}/"

    ran = statements(client, address, typed)

    assert Score.objects.get(assessment=assessment, criterion=row).by == cast.officers["BQL-1"]
    assert len(ran) <= MOST, "\n".join(sql[:150] for sql in ran)
