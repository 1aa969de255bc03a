"""Cancelling a decision by a form that names what the decision does not cover."""

import pytest
from django.urls import reverse

from awards.models import Decision, Nomination
from tests.awards.stage import awarded, rank_members
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("foreign", ["999999", "khong-phai-so"])
def test_a_form_that_names_a_foreign_nomination_cancels_nothing(client, settings, foreign):
    settings.DEMO_TODAY = TODAY.isoformat()
    cast = make_cast(3)
    rank_members(cast)
    awarded(cast)
    client.force_login(cast.official)

    response = client.post(
        reverse("desk:cancel", args=[Decision.objects.get().pk]), {"reason": "Nhầm.", "nominations": foreign}
    )

    assert response.status_code == 409
    assert Nomination.objects.get().state == Nomination.State.AWARDED
