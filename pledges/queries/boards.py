"""What the page of a pledge shows: the grid of signatures filling up, the manner of each, what may be done now."""

from dataclasses import dataclass

from blocs import text
from blocs.models import BlocYear, Membership, User
from blocs.standing import standing_of
from pledges.models import Objection, Pledge, Signature
from pledges.papers import grouped, shortened

STATE_CSS = {
    Pledge.State.DRAFT: "",
    Pledge.State.COMMENT: "s-fix",
    Pledge.State.FROZEN: "s-sent",
    Pledge.State.SIGNING: "s-sent",
    Pledge.State.SIGNED: "s-ok",
}


@dataclass(frozen=True)
class SignRow:
    """One unit in the grid: its name, what it did, in which manner, when; `css` is "", "wait" or "you"."""

    membership: Membership
    post: str
    manner: str
    note: str
    css: str
    scan: int | None
    reason: str


@dataclass(frozen=True)
class PledgeBoard:
    """The state of a pledge in words: "Đang ký (05/07)", who signed how, the digest."""

    heading: str
    state_label: str
    state_css: str
    frozen: str
    rows: tuple[SignRow, ...]
    signed: str
    of: str
    digest: str
    own: SignRow | None

    @property
    def own_signed(self) -> bool:
        """If the unit of the reader has signed."""
        return self.own is not None and self.own.css == ""


def own_membership(year: BlocYear, user: User) -> Membership | None:
    """The member for which the user acts, the first where there are several."""
    standing = standing_of(user)
    members = year.memberships.select_related("unit")
    return next((member for member in members if standing.represents(member.unit_id)), None)


def board_of(pledge: Pledge, user: User) -> PledgeBoard:
    """The page of a pledge for a reader; four queries, whatever the number of members."""
    members = list(pledge.year.memberships.select_related("unit"))
    signatures = {row.membership_id: row for row in pledge.signatures.all()}
    objections = {row.membership_id: row for row in pledge.objections.filter(ended_at=None)}
    standing = standing_of(user)
    mine = next((member.pk for member in members if standing.represents(member.unit_id)), None)
    rows = tuple(
        _row(pledge, member, signatures.get(member.pk), objections.get(member.pk), mine=member.pk == mine)
        for member in members
    )
    signed, of = text.count(len(signatures)), text.count(len(members))
    state = Pledge.State(pledge.state)
    label = f"{state.label} ({signed}/{of})" if state == Pledge.State.SIGNING else str(state.label)
    return PledgeBoard(
        heading=f"{pledge}: {signed}/{of} đơn vị đã ký"
        if pledge.is_frozen
        else f"{pledge}: {str(state.label).lower()}",
        state_label=label,
        state_css=STATE_CSS[state],
        frozen=text.moment(pledge.frozen_at) if pledge.frozen_at else "",
        rows=rows,
        signed=signed,
        of=of,
        digest=grouped(pledge.digest),
        own=next((row for row in rows if row.membership.pk == mine), None),
    )


def _row(
    pledge: Pledge, member: Membership, signature: Signature | None, objection: Objection | None, *, mine: bool
) -> SignRow:
    if signature is not None:
        return SignRow(
            member, signature.post, signature.get_manner_display(), _when(signature), "", _scan(signature), ""
        )
    reason = objection.reason if objection else ""
    manner = "Chưa ký, có ý kiến" if objection else "Chờ ký"
    limit = f"hạn: {text.date(pledge.sign_by)}" if pledge.sign_by else ""
    note = "đơn vị đang xem trang này" if mine else limit
    return SignRow(member, "", manner, note, "you" if mine else "wait", None, reason)


def _when(signature: Signature) -> str:
    if signature.manner == Signature.Manner.CONFIRMED and signature.signed_at:
        local = signature.signed_at.astimezone(text.VIETNAM)
        return f"{local:%d/%m/%Y, %H:%M}; mã kiểm tra {shortened(signature.digest)}"
    if signature.manner == Signature.Manner.DIGITAL:
        return f"{text.date(signature.signed_on)}. {signature.verdict}"
    page = f", bản chụp trang {signature.page}" if signature.page else ", có bản chụp"
    return f"{text.date(signature.signed_on)}{page}"


def _scan(signature: Signature) -> int | None:
    return signature.pk if signature.scan_id else None
