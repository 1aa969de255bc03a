"""Gathering the pledge into the one frozen object that the page, the PDF and the digest are made of."""

import datetime as dt
from dataclasses import replace

from blocs import text
from blocs.models import LeadershipTerm, Membership
from documents.papers import (
    Column,
    Letter,
    Letterhead,
    PledgeArticle,
    PledgePaper,
    PledgeParty,
    PledgeTarget,
    Section,
    Signer,
    Table,
    unpack,
)
from pledges.models import Pledge, Signature
from pledges.papers import shortened

EVIDENCE_WORDS = (
    "Văn bản giao ước, tệp ký số và các bản chụp được gắn nguyên vẹn trong tệp này. “Xác nhận trên hệ thống” là xác nhận "
    "điện tử nội bộ sau khi xác nhận lại người dùng, không phải chữ ký số; “Ký tay, đóng dấu” được chứng minh bằng bản giấy."
)


def gather_pledge(pledge: Pledge) -> PledgePaper:
    """The pledge as a paper: the frozen content with the signatures so far, or the draft as it stands."""
    if not pledge.is_frozen or pledge.content is None:
        return gather_draft(pledge)
    paper = unpack(pledge.content)
    if not isinstance(paper, PledgePaper):  # what was frozen is a pledge
        raise TypeError(paper)
    signatures = {row.membership_id: row for row in pledge.signatures.all()}
    members = pledge.year.memberships.all()
    parties = tuple(
        _signed(party, signatures.get(member.pk)) for party, member in zip(paper.parties, members, strict=True)
    )
    return replace(paper, parties=parties, digest=pledge.digest)


def gather_draft(pledge: Pledge, *, draft: bool = True) -> PledgePaper:
    """The pledge from its rows, without signatures. `draft` prints DỰ THẢO; freezing leaves it out."""
    year, members = pledge.year, list(pledge.year.memberships.select_related("unit"))
    dated = text.long_date(pledge.dated_on) if pledge.dated_on else ""
    return PledgePaper(
        title=f"Giao ước thi đua năm {year.year}",
        letterhead=Letterhead(profile="B", issuer=year.bloc.name, place=pledge.place_name, dated=dated),
        draft=draft,
        demo=year.is_demonstration,
        grounds=tuple(line for line in pledge.grounds.splitlines() if line.strip()),
        year=str(year.year),
        bloc_name=year.bloc.name,
        parties=tuple(_party(member) for member in members),
        articles=tuple(PledgeArticle(title=row.title, commitment=row.commitment) for row in pledge.articles.all()),
        targets=_targets(pledge, members),
        theme=pledge.theme,
        signed_at=pledge.place,
        honorific=year.bloc.person_word,
        count=text.count(len(members)),
        leader_name=_leader_name(pledge, members),
        authority=year.bloc.authority.name,
        copies=text.count(pledge.copies) if pledge.copies else "",
        with_enterprises=pledge.with_enterprises,
    )


def evidence_paper(pledge: Pledge, at: dt.datetime) -> Letter:
    """Who signed the frozen text, in which post, when, how; the digest; what is embedded and what it proves."""
    rows = tuple(
        (str(place), str(row.membership), f"{row.post} {row.name}".strip(), _moment(row), _manner(row), row.digest[:16])
        for place, row in enumerate(pledge.signatures.select_related("membership"), start=1)
    )
    heads = ("TT", "Đơn vị", "Người ký, chức vụ", "Thời điểm", "Cách ký; kết luận", "Mã kiểm tra")
    widths = (10, 0, 30, 24, 40, 24)
    columns = tuple(Column(title=head, width=width) for head, width in zip(heads, widths, strict=True))
    return Letter(
        title="Phiếu ghi nhận việc ký",
        subject=f"Giao ước thi đua năm {pledge.year.year} của {pledge.year.bloc.name}",
        demo=pledge.year.is_demonstration,
        sections=(
            Section(paragraphs=(f"Mã kiểm tra nội dung giao ước (SHA-256): {pledge.digest}.",)),
            Section(paragraphs=("Các đơn vị đã ký:",), table=Table(columns=columns, rows=rows)),
            Section(
                paragraphs=(
                    EVIDENCE_WORDS,
                    f"Lập lúc {text.moment(at)}./.",
                ),
            ),
        ),
    )


def _moment(signature: Signature) -> str:
    return text.moment(signature.signed_at) if signature.signed_at else text.date(signature.signed_on)


def _manner(signature: Signature) -> str:
    return ". ".join(part for part in (signature.get_manner_display(), signature.verdict) if part)


def _party(member: Membership) -> PledgeParty:
    title = member.unit.head_title
    return PledgeParty(
        name=member.name,
        short_name=member.short_name,
        representative=member.head_name,
        post=title if member.head_name else "",
        signer=Signer(lines=(title.upper(),), name=member.head_name),
    )


def _targets(pledge: Pledge, members: list[Membership]) -> tuple[PledgeTarget, ...]:
    rows = []
    for target in pledge.targets.prefetch_related("values"):
        values = {row.membership_id: row.value for row in target.values.all()}
        printed = tuple(values.get(member.pk, "") for member in members)
        rows.append(PledgeTarget(title=target.title, unit=target.unit, values=printed))
    return tuple(rows)


def _leader_name(pledge: Pledge, members: list[Membership]) -> str:
    terms = LeadershipTerm.objects.filter(year=pledge.year, role=LeadershipTerm.Role.LEADER, until_on=None)
    leader = terms.values_list("unit_id", flat=True).first()
    return next((member.name for member in members if member.unit_id == leader), "")


def _signed(party: PledgeParty, signature: Signature | None) -> PledgeParty:
    if signature is None:
        return party
    note = ""
    if signature.manner == Signature.Manner.CONFIRMED and signature.signed_at:
        at = text.moment(signature.signed_at).split(", ")
        note = f"Đã xác nhận trên hệ thống lúc {at[0]} ngày {at[1]}; mã kiểm tra {shortened(signature.digest)}"
    signer = Signer(lines=tuple(signature.capacity.splitlines()), name=signature.name, note=note)
    return replace(party, signer=signer)
