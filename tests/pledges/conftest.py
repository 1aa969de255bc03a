"""A bloc of seven with its pledge at each stage."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.clock import at
from pledges.actions import PledgeContent, TargetLine, draft_pledge, freeze_pledge, revise_pledge
from pledges.models import Pledge
from tests.cast import TODAY, Cast, make_cast

NOW = at(TODAY, 10, 38)
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("ban-chup.pdf", SCAN, content_type="application/pdf")


def content(cast: Cast, **changes: object) -> PledgeContent:
    values = {row.pk: f"{90 + place},00" for place, row in enumerate(cast.memberships.values())}
    given: dict[str, object] = {
        "theme": "Đoàn kết, nỗ lực",
        "grounds": "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.",
        "place": "Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên",
        "place_name": "Thái Nguyên",
        "dated_on": dt.date(2024, 1, 4),
        "sign_by": dt.date(2024, 12, 31),
        "copies": 8,
        "articles": (("Đầu tư", "tăng cường xúc tiến đầu tư"), ("Quy hoạch", "rà soát quy hoạch")),
        "targets": (TargetLine("Hồ sơ đúng hạn", "%", values),),
    }
    return PledgeContent(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def seven(db: None) -> Cast:
    return make_cast(members=7)


@pytest.fixture
def draft(seven: Cast) -> Pledge:
    pledge = draft_pledge(seven.year, by=seven.heads["BQL-1"], on=TODAY)
    return revise_pledge(pledge, content=content(seven), revision=1, by=seven.heads["BQL-1"])


@pytest.fixture
def frozen(draft: Pledge, seven: Cast) -> Pledge:
    return freeze_pledge(draft, by=seven.heads["BQL-1"], at=NOW)
