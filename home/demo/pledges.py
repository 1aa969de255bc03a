"""Pledges of the demonstration, signed by hand on stage; the scan is a made-up sheet that says so."""

import datetime as dt

from django.core.files.base import ContentFile

from blocs.clock import at
from blocs.models import BlocYear
from home.demo.people import Cast
from pledges.actions.drafting import PledgeContent, draft_pledge, revise_pledge
from pledges.actions.freezing import freeze_pledge
from pledges.actions.signing import WetSigner, record_wet_signature
from pledges.models import Pledge

ARTICLES = (
    ("Quản lý đầu tư và xúc tiến đầu tư", "hoàn thành và phấn đấu vượt kế hoạch thu hút, thực hiện vốn đầu tư được giao"),
    ("Quản lý quy hoạch, xây dựng", "giải quyết đúng hạn hồ sơ; phối hợp giải phóng mặt bằng, hoàn thiện hạ tầng khu công nghiệp"),
    ("Quản lý tài nguyên, môi trường", "các khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đạt quy chuẩn"),
    ("Quản lý doanh nghiệp, lao động", "quan hệ lao động ổn định, bảo đảm an toàn lao động, phòng cháy, chữa cháy"),
    ("Chuyển đổi số và cải cách hành chính", "giải quyết thủ tục hành chính đúng hạn và trước hạn, tăng tỷ lệ hồ sơ trực tuyến"),
    ("Chấp hành chủ trương của Đảng, pháp luật", "thực hiện nghiêm chỉ thị, nghị quyết của Đảng; giữ vững kỷ luật, kỷ cương hành chính"),
    ("Công tác thi đua, khen thưởng", "phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến; tham gia đầy đủ hoạt động của Khối"),
)  # fmt: skip


def sign_pledge(year: BlocYear, cast: Cast, on: dt.date) -> Pledge:
    """Draft, freeze and sign the pledge of a year by all seven heads on one day."""
    moment = at(on, 10)
    pledge = Pledge.objects.filter(year=year).first() or draft_pledge(year, by=None, on=on)
    content = PledgeContent(
        theme="Đoàn kết, sáng tạo, thi đua hoàn thành thắng lợi nhiệm vụ", grounds=pledge.grounds, place_name="Thái Nguyên",
        place="Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên", dated_on=on, copies=8, articles=ARTICLES,
    )  # fmt: skip
    pledge = revise_pledge(pledge, content=content, revision=pledge.revision, by=None)
    pledge = freeze_pledge(pledge, by=None, at=moment)
    signers = [
        WetSigner(
            membership=member, name=cast.heads[member.unit.code].full_name, post="Trưởng ban", capacity="TRƯỞNG BAN"
        )
        for member in year.memberships.select_related("unit")
    ]
    scan = ContentFile(made_up_scan("Ban chup minh hoa: giao uoc thi dua"), name="giao-uoc-minh-hoa.pdf")
    record_wet_signature(pledge, signers=signers, signed_on=on, scan=scan, by=None, at=moment)
    return pledge


def made_up_scan(words: str) -> bytes:
    """Return a one-page PDF that says what it is: nobody's signature is imitated."""
    text = f"BT /F1 16 Tf 72 760 Td ({words}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
