"""A selective return in a real browser: the named criterion opens, the rest is locked, the unit explains, a second look."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from scoring.models import CompletionRequest, SelfAssessment
from scoring.queries.digests import claims_digest
from tests.browser.conftest import PATIENCE, PLACE
from tests.scoring.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = "/khoi/mnpb/2024/cham-diem"


def arrive(browser: Browser, url: str, user: Any) -> Page:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(**PLACE)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    return context.new_page()


def test_the_leader_returns_one_criterion_and_the_rest_stays_as_it_was(live_server, settings, browser: Browser) -> None:
    settings.DEMO_TODAY = "2024-12-05"
    stage = Stage(3)
    assessment = stage.send(3)
    criterion = stage.criteria["I.2"]
    before = claims_digest(assessment, without={criterion.pk})
    leader = arrive(browser, live_server.url, stage.officer(1))
    unit = arrive(browser, live_server.url, stage.officer(3))
    review = f"{live_server.url}{ROOT}/tham-dinh/{assessment.membership_id}/"
    sheet = f"{live_server.url}{ROOT}/bang-tu-cham/{assessment.membership_id}/"

    leader.goto(review)
    leader.locator("summary", has_text="Đề nghị hoàn thiện").click()
    leader.get_by_label("I.2. Chấm trực tiếp").check()
    leader.get_by_label("Hạn hoàn thiện").fill("10/12/2024 17:00")
    leader.locator("textarea[name=reason]:visible").last.fill("Thiếu tài liệu")
    leader.get_by_role("button", name="Đề nghị hoàn thiện").click()
    expect(leader.get_by_text("Các tiêu chí khác được khóa").first).to_be_visible()

    unit.goto(f"{sheet}?mo=I.2")
    expect(unit.locator(f"#tc-{criterion.pk} input[name=points]")).to_be_editable()
    locked = unit.locator(f"#tc-{stage.criteria['I.1'].pk} input[name=actual]")
    expect(locked.and_(unit.locator(":not([readonly]):not([disabled])"))).to_have_count(0)
    unit.locator(f"#tc-{criterion.pk} input[name=points]").fill("3")
    unit.locator(f"#tc-{criterion.pk} input[name=points]").blur()
    expect(unit.get_by_text("Đã lưu lúc").first).to_be_visible()
    unit.goto(f"{sheet}ra-soat/")
    unit.get_by_label("Giải trình của đơn vị").fill("Đã chấm lại theo tài liệu")
    unit.get_by_role("button", name="Gửi giải trình").click()
    expect(unit.get_by_text("Đã gửi giải trình").first).to_be_visible()

    leader.goto(review)
    expect(leader.get_by_text("Đơn vị đã hoàn thiện: điểm 3,5 → 3").first).to_be_visible()
    expect(leader.get_by_text("Các tiêu chí khác không thay đổi").first).to_be_visible()
    assert SelfAssessment.objects.get().state == "answered"
    assert CompletionRequest.objects.get().locked_digest == claims_digest(assessment, without={criterion.pk}) == before
    for page in (leader, unit):
        page.context.close()
