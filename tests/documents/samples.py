"""Papers of the tests: the story's bloc with invented figures, and the biggest table the house must print."""

from dataclasses import replace
from decimal import Decimal

from documents.papers import (
    Annex,
    AttendanceSheet,
    Attendant,
    Ballot,
    Column,
    ConsolidatedTable,
    GroupResult,
    Letter,
    Letterhead,
    Minutes,
    NextLeaders,
    OpinionSlip,
    PeerReview,
    PledgeArticle,
    PledgePaper,
    PledgeParty,
    PledgeTarget,
    Report,
    ReportProse,
    ScoreLine,
    ScoreRow,
    ScoreSheet,
    ScoreTable,
    ScoringSummary,
    Section,
    Signer,
    Table,
)

PLACES = ("Hòa Bình", "Bắc Kạn", "Bắc Giang", "Thái Nguyên", "Tuyên Quang", "Yên Bái", "Phú Thọ")
BLOC = "Khối thi đua Ban Quản lý các Khu công nghiệp các tỉnh Trung du và Miền núi phía Bắc"
BOARD = "Ban Quản lý các Khu công nghiệp tỉnh {}"
PANGRAM = "Ắ Ằ Ẳ Ẵ Ặ Ấ Ầ Ẩ Ẫ Ậ Ế Ề Ể Ễ Ệ Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ứ Ừ Ử Ữ Ự Ỳ Ý Ỷ Ỹ Ỵ Đ đ ẵ ẫ ễ ỗ ỡ ữ ỹ"
GROUPS = (
    "Quản lý đầu tư và xúc tiến đầu tư",
    "Quản lý quy hoạch, xây dựng",
    "Quản lý tài nguyên, môi trường",
    "Quản lý doanh nghiệp, lao động",
    "Chuyển đổi số và cải cách hành chính",
    "Chấp hành chủ trương của Đảng, pháp luật; xây dựng Đảng, đoàn thể",
    "Công tác thi đua, khen thưởng",
)
HEAD = Signer(lines=("TRƯỞNG BAN",))
DEPUTY = Signer(lines=("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"))


def letterhead(symbol="BC-BQLKCN", **fields):
    return Letterhead(
        **{
            "superior": "Ủy ban nhân dân tỉnh Thái Nguyên",
            "issuer": BOARD.format("Thái Nguyên"),
            "symbol": symbol,
            "place": "Thái Nguyên",
        }
        | fields
    )


def added_up(group, rows):
    """A group with the sums of its leaves; a leaf as it is."""
    leaves = [row for row in rows if row.role == "leaf" and row.code.startswith(f"{group.code}.")]
    if group.role != "group" or not leaves:
        return group
    columns = zip(*[leaf.points for leaf in leaves], strict=True)
    sums = (str(sum(Decimal(figure.replace(",", ".")) for figure in column)).replace(".", ",") for column in columns)
    return replace(group, points=tuple(sums))


def score_table(members=7, criteria=32, layer="Điểm thống nhất"):
    names = PLACES if members == 7 else tuple(f"Đơn vị {number:02d}" for number in range(1, members + 1))
    rows = []
    for number in range(criteria):
        if number % 5 == 0:
            group = number // 5
            rows.append(
                ScoreRow(
                    code=f"N{group + 1}",
                    title=GROUPS[group % 7],
                    maximum="24,00",
                    points=("",) * members,
                    role="group",
                )
            )
        rows.append(
            ScoreRow(
                code=f"N{number // 5 + 1}.{number % 5 + 1}",
                title="Tổng vốn đăng ký (cấp mới và điều chỉnh tăng) so với kế hoạch năm",
                maximum="6,00",
                points=tuple(f"{(number + place) % 6},{(number * 7 + place) % 100:02d}" for place in range(members)),
            )
        )
    rows = [added_up(row, rows) for row in rows]
    closing = (
        ScoreRow(title="Cộng điểm chuẩn", maximum="100,00", points=("100,00",) * members, role="sum"),
        ScoreRow(title="Điểm thưởng", points=("2,00",) * members, role="sum"),
        ScoreRow(title="Điểm trừ", points=("0,50",) * members, role="sum"),
        ScoreRow(title="Tổng điểm", points=("101,50",) * members, role="total"),
        ScoreRow(title="Thứ hạng", points=tuple(str(place + 1) for place in range(members)), role="rank"),
        ScoreRow(title="Xếp loại", points=("Hoàn thành xuất sắc",) * members, role="grade"),
    )
    return ScoreTable(
        layer=layer,
        members=names,
        rows=tuple(rows),
        closing=closing,
        abbreviations=(("KCN", "khu công nghiệp"), ("TT", "thứ tự")),
    )


def targets_table():
    figures = {"figures": True, "width": 18}
    return Table(
        columns=(
            Column(title="TT", centred=True, width=10),
            Column(title="Chỉ tiêu"),
            Column(title="ĐVT", centred=True, width=20),
            Column(title="Thực hiện năm 2022", **figures),
            Column(title="Kế hoạch 2023", **figures),
            Column(title="Thực hiện 2023", **figures),
            Column(title="So với kế hoạch (%)", **figures),
            Column(title="So với năm 2022 (%)", **figures),
        ),
        rows=(
            ("1", "Tổng vốn đăng ký", "triệu USD", "", "5.990,00", "5.412,00", "90,35", ""),
            ("2", "Diện tích đất công nghiệp cho thuê mới", "ha", "", "420,00", "431,50", "102,74", ""),
        ),
    )


def prose(
    text="Các đơn vị trong Khối đã quan tâm chỉ đạo, triển khai các phong trào thi đua yêu nước bám sát nhiệm vụ chính trị được giao; thường xuyên kiểm tra, đôn đốc, kịp thời tháo gỡ khó khăn, vướng mắc cho doanh nghiệp trong khu công nghiệp.",
):
    return ReportProse(
        conditions=text,
        direction=f"{text}\n{text}",
        movements=text,
        commendation="",
        activities=text,
        strengths=text,
        limits="",
        causes_outside=text,
        causes_inside=text,
        lessons=text,
        tasks=text,
        measures=text,
        to_authority=PANGRAM,
        to_provinces=text,
    )


def report(*, draft=True, demo=True, **fields):
    after = not draft
    return Report(
        **{
            "title": "Báo cáo",
            "subject": f"Tổng kết công tác thi đua, khen thưởng năm 2023; phương hướng, nhiệm vụ năm 2024 của {BLOC}",
            "letterhead": letterhead(),
            "draft": draft,
            "demo": demo,
            "signers": (HEAD,),
            "recipients": (
                "Bộ Kế hoạch và Đầu tư (để b/c);",
                "Các đơn vị thành viên Khối;",
                "Lưu: VT, TĐKT.",
            ),
            "year": "2023",
            "next_year": "2024",
            "bloc_name": BLOC,
            "members_count": "07",
            "members": "Ban Quản lý các Khu công nghiệp các tỉnh Hòa Bình, Bắc Kạn, Bắc Giang, Thái Nguyên, Tuyên Quang, "
            "Yên Bái và Phú Thọ",
            "leader": BOARD.format("Thái Nguyên"),
            "deputy": BOARD.format("Tuyên Quang"),
            "authority": "Bộ Kế hoạch và Đầu tư",
            "basis": "Quy chế hoạt động và Giao ước thi đua năm 2023",
            "prose": prose(),
            "groups": tuple(
                GroupResult(
                    title=title,
                    prose="Các Ban Quản lý tăng cường rà soát, đôn đốc tiến độ các dự án đã đăng ký." if place else "",
                    figures=(
                        "Tổng vốn đăng ký toàn Khối đạt 5.412,00 triệu USD, bằng 90,35% kế hoạch; 01/07 đơn vị hoàn thành hoặc vượt chỉ tiêu (chi tiết tại Phụ lục II).",
                    )
                    if place == 0
                    else (),
                )
                for place, title in enumerate(GROUPS)
            ),
            "commendations": ("01 Cờ thi đua của Chính phủ", "05 Bằng khen cấp bộ, tỉnh"),
            "scoring": ScoringSummary(
                submitted="07",
                members="07",
                in_time="06",
                adjusted="11",
                explained="03",
                highest="97,25",
                lowest="85,10",
                mean="91,43",
            ),
            "peer_review": PeerReview(
                held_on="ngày 04 tháng 01 năm 2024",
                decided_by="Bộ trưởng Bộ Kế hoạch và Đầu tư",
                proposals=(
                    f"Cờ thi đua của Bộ cho {BOARD.format('Tuyên Quang')} (07/07 đơn vị nhất trí, đạt 100%)",
                    f"Bằng khen của Bộ trưởng cho {BOARD.format('Bắc Giang')} (07/07 đơn vị nhất trí, đạt 100%)",
                ),
            )
            if after
            else None,
            "next_leaders": NextLeaders(leader=BOARD.format("Tuyên Quang")) if after else None,
            "annexes": (
                Annex(
                    number="I",
                    title="Bảng tổng hợp kết quả chấm điểm thi đua năm 2023",
                    broad=True,
                    scores=score_table(),
                ),
                Annex(number="II", title="Một số chỉ tiêu chủ yếu", table=targets_table()),
                Annex(number="III", title="Tổng hợp khen thưởng", table=awards_table()),
            ),
        }
        | fields
    )


def awards_table():
    return Table(
        columns=(
            Column(title="TT", centred=True, width=10),
            Column(title="Danh hiệu, hình thức khen thưởng"),
            Column(title="Tập thể", figures=True, width=20),
            Column(title="Cá nhân", figures=True, width=20),
        ),
        rows=(("1", "Cờ thi đua của Chính phủ", "1", ""), ("2", "Bằng khen của Bộ trưởng", "2", "3")),
    )


def consolidated_table(members=20, criteria=60):
    return ConsolidatedTable(
        title="Bảng tổng hợp",
        subject="Kết quả chấm điểm thi đua năm 2023",
        letterhead=letterhead(symbol=""),
        demo=True,
        signers=(DEPUTY,),
        recipients=("Các đơn vị thành viên Khối;", "Lưu: VT."),
        tables=(score_table(members, criteria),),
    )


def score_sheet():
    lines = []
    for group, title in enumerate(GROUPS, 1):
        lines.append(ScoreLine(code=f"N{group}", title=title, maximum="14,00", points=("13,25",), role="group"))
        lines.extend(
            ScoreLine(
                code=f"N{group}.{leaf}",
                title="Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đạt quy chuẩn",
                unit="triệu USD",
                maximum="6,00",
                target="1.250,00",
                actual="1.100,50",
                ratio="88,04",
                points=("5,28",),
                evidence=("Báo cáo thống kê khu công nghiệp năm", "Quyết định giao kế hoạch"),
            )
            for leaf in range(1, 5)
        )
    return ScoreSheet(
        title="Bảng tự chấm điểm thi đua năm 2024",
        letterhead=letterhead(
            symbol="", superior="Ủy ban nhân dân tỉnh Bắc Giang", issuer=BOARD.format("Bắc Giang"), place="Bắc Giang"
        ),
        demo=True,
        unit_name=BOARD.format("Bắc Giang"),
        lines=tuple(lines),
        base="93,25",
        bonus="2,00",
        deduction="0,50",
        total="94,75",
        total_in_words="chín mươi tư phẩy bảy mươi lăm",
        grade="Hoàn thành xuất sắc",
        signers=(Signer(lines=("NGƯỜI LẬP BIỂU",)), HEAD),
    )


def pledge(members=7, confirmed=3):
    places = PLACES if members == 7 else tuple(f"Tỉnh {number:02d}" for number in range(1, members + 1))
    return PledgePaper(
        title="Giao ước thi đua năm 2024",
        letterhead=Letterhead(profile="B", issuer=BLOC, place="Thái Nguyên", dated="ngày 04 tháng 01 năm 2024"),
        demo=True,
        grounds=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.",),
        year="2024",
        bloc_name=BLOC,
        theme="Đoàn kết, sáng tạo, kỷ cương, phát triển",
        count=f"{members:02d}",
        parties=tuple(
            PledgeParty(
                name=BOARD.format(place),
                short_name=place,
                signer=Signer(
                    lines=DEPUTY.lines if number == 1 else HEAD.lines,
                    note="Đã xác nhận trên hệ thống lúc 10:05 ngày 04/01/2024; mã kiểm tra 3f7a91c0"
                    if number < confirmed
                    else "",
                ),
            )
            for number, place in enumerate(places)
        ),
        articles=tuple(
            PledgeArticle(title=title, commitment="hoàn thành và phấn đấu vượt các chỉ tiêu được giao")
            for title in GROUPS
        ),
        targets=tuple(
            PledgeTarget(title=title, unit="triệu USD", values=tuple("1.250,00" for _ in places))
            for title in ("Tổng vốn đăng ký", "Vốn đầu tư thực hiện", "Nộp ngân sách")
        ),
        leader_name=BOARD.format("Tuyên Quang"),
        authority="Bộ Kế hoạch và Đầu tư",
        copies=f"{members + 1:02d}",
        with_enterprises=True,
        digest="3f7a91c0" * 8,
    )


def minutes():
    return Minutes(
        title="Biên bản",
        subject="Kiểm phiếu bầu Trưởng khối năm 2024",
        letterhead=letterhead("BB-BQLKCN", place=""),
        demo=True,
        sections=(
            Section(
                paragraphs=(
                    "Hôm nay, vào 10 giờ 30, ngày 04 tháng 01 năm 2024, Tổ kiểm phiếu kiểm phiếu với kết quả như sau:",
                ),
                items=("Số đơn vị thành viên: 07; số đơn vị có mặt: 07", "Số phiếu phát ra: 07; số phiếu thu về: 07"),
                table=Table(
                    columns=(
                        Column(title="TT", centred=True, width=10),
                        Column(title="Đơn vị được giới thiệu"),
                        Column(title="Số phiếu đồng ý", figures=True, width=30),
                        Column(title="Tỷ lệ (%)", figures=True, width=30),
                    ),
                    rows=(("1", BOARD.format("Tuyên Quang"), "7", "100"),),
                ),
                closing=("Biên bản đã công bố trước Hội nghị và kết thúc cùng ngày./.",),
            ),
        ),
        signers=(Signer(lines=("THƯ KÝ",)), Signer(lines=("TỔ TRƯỞNG TỔ KIỂM PHIẾU",))),
        confirmed_by=Signer(lines=("CHỦ TỌA HỘI NGHỊ",)),
    )


def letter():
    return Letter(
        title="Tờ trình",
        subject="Về việc đề nghị tặng Cờ thi đua của Bộ, Bằng khen của Bộ trưởng năm 2023",
        letterhead=letterhead("TTr-BQLKCN"),
        demo=True,
        addressees=("Bộ Kế hoạch và Đầu tư", "Hội đồng Thi đua - Khen thưởng Bộ Kế hoạch và Đầu tư"),
        grounds=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", "Căn cứ kết quả bình xét tại Hội nghị."),
        sections=(
            Section(heading="1. Quá trình và kết quả bình xét", paragraphs=("Các đơn vị đã tự chấm điểm.",)),
            Section(
                heading="2. Nội dung đề nghị",
                paragraphs=("Kính đề nghị xem xét, tặng.", "Kính trình xem xét, quyết định./."),
            ),
        ),
        signers=(DEPUTY,),
        recipients=("Như trên;", "Lưu: VT, TĐKT."),
    )


def ballot():
    return Ballot(
        title="Phiếu bầu Trưởng khối năm 2024",
        event="Hội nghị tổng kết năm 2023, ngày 04 tháng 01 năm 2024",
        names=(BOARD.format("Tuyên Quang"), BOARD.format("Phú Thọ")),
        demo=True,
    )


def opinion_slip():
    return OpinionSlip(
        title="Phiếu lấy ý kiến",
        subject="Về dự thảo Báo cáo tổng kết năm 2023",
        letterhead=letterhead(symbol=""),
        addressees=(BOARD.format("Phú Thọ"),),
        content=("Thông qua dự thảo Báo cáo tổng kết công tác thi đua, khen thưởng năm 2023 của Khối.",),
        back_to=BOARD.format("Thái Nguyên"),
        due="17 giờ 00, ngày 02 tháng 01 năm 2024",
        signers=(HEAD,),
    )


def attendance_sheet():
    return AttendanceSheet(
        title="Danh sách",
        subject="Đại biểu các đơn vị dự Hội nghị tổng kết năm 2023",
        letterhead=letterhead(symbol="", place=""),
        event="Ngày 04 tháng 01 năm 2024, tại Thái Nguyên",
        attendants=tuple(Attendant(unit=BOARD.format(place), standing="Thủ trưởng") for place in PLACES),
        signers=(Signer(lines=("THƯ KÝ",)), Signer(lines=("CHỦ TỌA",))),
    )


EVERY_PAPER = (
    report, consolidated_table, score_sheet, pledge, minutes, letter, ballot, opinion_slip, attendance_sheet,
)  # fmt: skip
