"""Who may open and who may do what: every address of the site, one line each.

FOREIGN and the outsider never learn that an object exists (404); who sees it but may not act gets 403.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.permissions.engine import Row
from tests.permissions.stage import Stage

BLOC = "fellow officer head deputy leader official"
MEMBERS = "fellow officer head deputy leader"
OWN = "officer head"
PREPARES = "deputy leader official"
RUNS = "deputy leader"  # the deputy may act for the leader
SIGNED_IN = "outsider foreign_officer foreign_official fellow officer head deputy leader official"
OFFICIALS = "foreign_official official"
STRANGERS = "outsider foreign_officer foreign_official"
UNSEEN_DRAFT = STRANGERS + " fellow"
NOT_OFFICIAL = STRANGERS + " fellow officer head deputy leader"
NOT_HOME = STRANGERS + " fellow deputy leader"

Parts = Callable[[Stage], Mapping[str, Any]]


def nothing(_stage: Stage) -> Mapping[str, Any]:
    """The address has no parts."""
    return {}


def of_year(year: int = 2024, **more: str) -> Parts:
    """A page of the bloc year; `more` names things of the stage."""
    return lambda stage: {"bloc": "mnpb", "year": year} | {key: stage.things[thing] for key, thing in more.items()}


def of_member(year: int = 2024, code: str = "BQL-BK", **more: str) -> Parts:
    """A page about one member's dossier."""
    return lambda stage: {**of_year(year, **more)(stage), "member": stage.member(year, code)}


def things(**names: str) -> Parts:
    """An address that names things of the stage only."""
    return lambda stage: {key: stage.things[thing] for key, thing in names.items()}


def of_role(**more: str) -> Parts:
    """A page of the election of the leader."""
    return lambda stage: {**of_year(**more)(stage), "role": "truong-khoi"}


def y(name: str, get: str | None = None, post: str | None = None, parts: Parts | None = None, **more: Any) -> Row:
    """One line about a page of the year 2024."""
    return Row(name, parts or of_year(), get=get, post=post, hidden=more.pop("hidden", STRANGERS), **more)


def before(name: str, get: str | None = None, post: str | None = None, parts: Parts | None = None, **more: Any) -> Row:
    """One line about a page of the year 2023, whose nominations are at the desk."""
    return y(name, get, post, parts or of_year(2023), year=2023, **more)


def o(name: str, get: str | None = None, post: str | None = None, parts: Parts = nothing, **more: Any) -> Row:
    """One line about a page outside any year."""
    return Row(name, parts, get=get, post=post, hidden=more.pop("hidden", ""), **more)


ACCOUNT = [
    o("healthz", get="all", public=True),
    o("account_login", get="all", post="all", public=True),
    o("account_logout", get="all", post="all", public=True, signs_out=True),
    o("account_home", get=SIGNED_IN),
    o("blocs:contact", get=SIGNED_IN, post=SIGNED_IN),
    o("account_keep", post=SIGNED_IN),
    o("account_inactive", get="all", public=True),
    o("account_reauthenticate", get=SIGNED_IN, post=SIGNED_IN),
    o("account_change_password", get=SIGNED_IN, post=SIGNED_IN),
    o("account_reset_password", get="all", post="all", public=True),
    o("account_reset_password_done", get="all", public=True),
    o(
        "account_reset_password_from_key",
        get="all",
        post="all",
        parts=lambda _s: {"uidb36": "1", "key": "x-y"},
        public=True,
    ),
    o("account_reset_password_from_key_done", get="all", public=True),
    o("check:ask", get="all", post="all", public=True),
    o("check:code", get="", parts=lambda _s: {"code": "222222222222"}, public=True, hidden="nobody " + SIGNED_IN),
    o("check:file", get="", parts=lambda _s: {"sha256": "0" * 64}, public=True, hidden="nobody " + SIGNED_IN),
    o("blocs:notices", get=SIGNED_IN),
    o("blocs:notices_read", post=SIGNED_IN),
    o("blocs:notice_read", post="officer", parts=things(notice="notice"), hidden=SIGNED_IN),
    o("home:tasks", get=SIGNED_IN),
]

_UNIT = things(code="unit")
_AUTHORITY = things(authority="authority")
_BLOC = lambda _stage: {"bloc": "mnpb"}  # noqa: E731 - an address, as short as the others
BLOCS = [
    o("blocs:manage", get=OFFICIALS),
    o("blocs:officials", get="official", parts=_AUTHORITY, hidden=NOT_OFFICIAL),
    o("blocs:invite_official", get="official", post="official", parts=_AUTHORITY, hidden=NOT_OFFICIAL),
    o("blocs:bloc_new", get="official", post="official", parts=_AUTHORITY, hidden=NOT_OFFICIAL),
    y("blocs:bloc", get=BLOC, parts=_BLOC),
    y("blocs:bloc_amend", get="official", post="official", parts=_BLOC),
    y("blocs:bloc_paper", get="", parts=_BLOC, hidden=SIGNED_IN),
    y("blocs:year_new", get="official", post="official", parts=_BLOC),
    o("blocs:units", get=OFFICIALS),
    o("blocs:unit_new", get=OFFICIALS, post=OFFICIALS),
    o("blocs:unit_import", get=OFFICIALS, post=OFFICIALS),
    o("blocs:unit_template", get=OFFICIALS),
    y("blocs:unit", get="officer head official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:unit_amend", get="official", post="official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:unit_rename", get="official", post="official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:unit_merge", get="official", post="official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:people", get="officer head official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:invite", get="head official", post="head official", parts=_UNIT, hidden=NOT_HOME),
    y(
        "blocs:head_name",
        post="head official",
        parts=lambda stage: {**_UNIT(stage), "year": stage.years[2024].pk},
        hidden=NOT_HOME,
    ),
    y("blocs:authorisation_new", get="head official", post="head official", parts=_UNIT, hidden=NOT_HOME),
    y("blocs:post_close", post="head official", parts=things(post="post"), hidden=NOT_HOME),
    y(
        "blocs:invitation_withdraw",
        post="head official",
        parts=things(invitation="invitation"),
        hidden=STRANGERS + " fellow deputy leader",
    ),
    y(
        "blocs:authorisation_end",
        post="head official",
        parts=things(authorisation="authorisation"),
        hidden=STRANGERS + " fellow deputy leader",
    ),
    y(
        "blocs:authorisation_paper",
        get="officer head official",
        parts=things(authorisation="authorisation"),
        hidden=STRANGERS + " fellow deputy leader",
    ),
    o("blocs:accept", get="all", post="all", public=True),
    o("blocs:invitation_void", get="all", public=True),
    o("blocs:invitation", get="all", parts=things(token="token"), public=True),
    y("blocs:year_settings", get="leader official", post="leader official"),
    y("blocs:year_leader", post="official"),
    y("blocs:year_reviewer", post="official"),
    y("blocs:year_members", get="official", post="official"),
    y("blocs:members_import", get="official", post="official"),
    y("blocs:member_template", get="official"),
    y("blocs:year_start", post="leader official"),
    y("blocs:year_close", post="official"),
    y("blocs:year_next", post="leader official"),
    y("blocs:guidances", get=BLOC),
    y("blocs:guidance_new", get="official", post="official"),
    y("blocs:guidance", get=BLOC, parts=of_year(guidance="guidance")),
    y("blocs:guidance_paper", get=BLOC, parts=of_year(guidance="guidance")),
    y("blocs:year_log", get="leader official"),
    y("home:year", get=BLOC),
]

_SHEET = of_member()
_LINE = of_member(criterion="criterion")
SCORING = [
    y("scoring:board", get=BLOC),
    y("scoring:agree", post="leader"),
    y("scoring:finalise", post="leader official"),
    y("scoring:table", get=BLOC),
    y("scoring:table_import", get="leader official", post="leader official"),
    y("scoring:table_template", get=BLOC),
    y("scoring:table_export", get=BLOC),
    y("scoring:table_csv", get=BLOC),
    y("scoring:table_begin", post="leader official"),
    y("scoring:table_edit", get="", post="", hidden="outsider foreign_officer foreign_official leader official"),
    y("scoring:template_keep", post="official"),
    y("scoring:template_retire", post="official", parts=of_year(template="template")),
    y("scoring:table_comment_open", post="", hidden=SIGNED_IN),
    y("scoring:table_comment", post="", hidden=SIGNED_IN),
    y("scoring:table_adopt", post="", hidden=SIGNED_IN),
    y("scoring:targets", get=BLOC),
    y("scoring:target_edit", get="officer head leader official", post="officer head leader official", parts=_SHEET),
    y("scoring:targets_approve", post="leader official"),
    y("scoring:targets_import", get="leader official", post="leader official"),
    y("scoring:targets_template", get="leader official"),
    y("scoring:results_template", get="official"),
    y("scoring:assessments_import", get="official", post="official"),
    y("scoring:assessment", get="officer head deputy leader official", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:assessment_start", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT + " deputy leader official"),
    y("scoring:record_figure", post=OWN, parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:figure_history", get=OWN, parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:restore_figure", post=OWN, parts=of_member(change="change"), hidden=UNSEEN_DRAFT),
    y("scoring:remark", post="officer head deputy leader official", parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:attach_evidence", post=OWN, parts=_LINE, hidden=UNSEEN_DRAFT),
    y(
        "scoring:reuse_evidence",
        post=OWN,
        parts=_LINE,
        data=lambda stage: {"evidence": stage.things["evidence"]},
        hidden=UNSEEN_DRAFT,
    ),
    y(
        "scoring:evidence_file",
        get="officer head deputy leader official",
        parts=of_member(evidence="evidence"),
        hidden=UNSEEN_DRAFT,
    ),
    y("scoring:remove_evidence", post=OWN, parts=of_member(evidence="evidence"), hidden=UNSEEN_DRAFT),
    y("scoring:own_workbook", get=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:own_file", get=OWN, post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:check", get=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:present_to_head", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:return_to_officer", post="head", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:approve_and_send", post="head", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:send_by_signed_copy", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y(
        "scoring:signed_copy",
        get="fellow deputy leader official",
        parts=of_member(code="BQL-PT"),
        hidden=STRANGERS + " officer head",
    ),
    y("scoring:recall", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:answer_completion", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:grant_extension", post="deputy leader official", parts=_SHEET),
    y("scoring:print_sheet", post=OWN, parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:review", get=BLOC),
    y("scoring:profile", get="officer head deputy leader official", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:member_letter", get="officer head deputy leader official", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:peers", get=BLOC, post="leader official"),
    y("scoring:peer_extend", post="leader official", parts=_SHEET),
    y("scoring:review_detail", get="deputy leader", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:review_score", post="deputy leader", parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:request_completion", post="deputy leader", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:conclude_review", post="deputy leader", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:reopen_review", post="deputy leader", parts=_SHEET, hidden=UNSEEN_DRAFT),
    y("scoring:consolidated", get=BLOC),
    y("scoring:consolidated_xlsx", get=BLOC),
    y("scoring:consolidated_csv", get=BLOC),
    y("scoring:print_consolidated", post="leader official"),
    y("scoring:chain", get="officer head deputy leader official", parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:change_agreed", post="leader", parts=_LINE, hidden=UNSEEN_DRAFT),
    y("scoring:correct_score", post="official", parts=_LINE, hidden=UNSEEN_DRAFT),
]

_NOMINATION = of_year(2023, pk="nomination")
_AT_DESK = things(pk="nomination")
AWARDS = [
    before("awards:board", get=BLOC),
    before(
        "awards:propose",
        get="leader",
        post="leader",
        parts=lambda s: {**of_year(2023, award="award")(s), "membership": s.member(2023)},
    ),
    before("awards:case_add", post="leader official"),
    before("awards:case_end", post="leader official", parts=of_year(2023, pk="case")),
    before("awards:put_to_vote", post="leader"),
    before("awards:ballot", get="head", post="head", parts=of_year(2023, pk="poll")),
    before("awards:conclude", post="deputy leader", parts=of_year(2023, pk="poll")),
    before("awards:submit", get="leader", post="leader"),
    before("awards:submission", get=BLOC, parts=of_year(2023, pk="submission")),
    before("awards:submission_paper", get="", parts=of_year(2023, pk="submission"), hidden=SIGNED_IN),
    before("awards:recall", post="leader", parts=of_year(2023, pk="submission")),
    before("awards:nomination", get=BLOC, parts=_NOMINATION),
    before("awards:withdraw", post="leader", parts=_NOMINATION),
    before("awards:paper_add", post="deputy leader", parts=_NOMINATION),
    before("awards:paper", get="", parts=lambda s: {**of_year(2023)(s), "pk": 0}, hidden=SIGNED_IN),
    before("awards:paper_remove", post="", parts=lambda s: {**of_year(2023)(s), "pk": 0}, hidden=SIGNED_IN),
    before("awards:supply", post="deputy leader", parts=of_year(2023, pk="request")),
    o("desk:queue", get=OFFICIALS),
    before("desk:nomination", get="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:ask", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:extend", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:fit", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:not_yet", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:again", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:council", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:refuse", post="official", parts=_AT_DESK, hidden=NOT_OFFICIAL),
    before("desk:receive", post="official", parts=things(pk="submission")),
    before("awards:trial", get=BLOC),
    y("home:message", get="leader official"),
    o("blocs:mail_choice", post=SIGNED_IN),
    o("blocs:my_data", get=SIGNED_IN),
    o("desk:register", get=SIGNED_IN),
    o("desk:register_xlsx", get=SIGNED_IN),
    o("desk:statistics", get=SIGNED_IN),
    o("desk:past_import", get=OFFICIALS, post=OFFICIALS),
    o("desk:past_template", get=OFFICIALS),
    before("awards:package", get=BLOC, parts=of_year(2023, pk="submission")),
    before("awards:part", get=BLOC, parts=lambda s: {**of_year(2023, pk="part")(s), "file": "sheet"}),
    before("awards:report", get="deputy leader official", post="deputy leader", parts=_NOMINATION),
    o("desk:council_list", get=OFFICIALS),
    o("desk:council_xlsx", get=OFFICIALS),
    o("desk:columns", post=OFFICIALS),
    o("desk:council_paper", post=OFFICIALS),
    o("desk:council_results", post=OFFICIALS),
    o("desk:draft_decision", post=OFFICIALS),
    o("desk:paper", get="", parts=lambda _s: {"pk": 0, "file": "pdf"}, hidden=SIGNED_IN),
    before("desk:decision_papers", post="", parts=lambda _s: {"pk": 0}, hidden=SIGNED_IN),
    o("desk:catalogue", get=OFFICIALS),
    o("desk:award_add", get=OFFICIALS, post=OFFICIALS),
    o("desk:award", get=OFFICIALS, parts=lambda _s: {"code": "FLAG"}),
    o("desk:award_amend", post=OFFICIALS, parts=lambda _s: {"code": "FLAG"}),
    o("desk:rule_add", post=OFFICIALS, parts=lambda _s: {"code": "FLAG"}),
    o("desk:rule_end", post=OFFICIALS, parts=things(pk="rule")),
    o("desk:rule_confirm", post=OFFICIALS, parts=things(pk="rule")),
    o("desk:decisions", get=OFFICIALS),
    o("desk:decision", get=OFFICIALS, post=OFFICIALS),
    before("desk:decided", get="", parts=lambda _s: {"pk": 0}, hidden=SIGNED_IN),
    before("desk:decided_paper", get="", parts=lambda _s: {"pk": 0}, hidden=SIGNED_IN),
    before("desk:cancel", post="", parts=lambda _s: {"pk": 0}, hidden=SIGNED_IN),
]

_ITEM = of_year(pk="item")
CONFERENCES = [
    y("conferences:board", get=BLOC),
    y("conferences:invite", post=RUNS),
    y("conferences:calendar", get=BLOC),
    y("conferences:script", get=RUNS),
    y("conferences:pack", get=RUNS),
    y("conferences:tellers", get=BLOC, post=RUNS),
    y("conferences:teller_remove", post=RUNS, parts=of_year(pk="teller")),
    y("conferences:handover", get=RUNS + " official"),
    y("conferences:handover_print", post=RUNS),
    y("conferences:results_publish", post=RUNS),
    y("conferences:results_hide", post="", hidden=SIGNED_IN),
    y("conferences:others", get=BLOC, post=RUNS),
    y("conferences:other", get=BLOC, parts=of_year(pk="themed")),
    y("conferences:other_close", post=RUNS, parts=of_year(pk="themed")),
    y("conferences:other_minutes", post=RUNS, parts=of_year(pk="themed")),
    y("conferences:rulebook", get=BLOC, post=RUNS + " official"),
    y("conferences:rulebook_end", post=RUNS + " official", parts=of_year(pk="bloc_paper")),
    y("conferences:rulebook_file", get=BLOC, parts=of_year(pk="bloc_paper")),
    y("conferences:minutes", get=BLOC),
    y("conferences:minutes_section", post=RUNS),
    y("conferences:minutes_confirm", post=RUNS, parts=lambda stage: {**of_year()(stage), "capacity": "thu-ky"}),
    y("conferences:minutes_withdraw", post="", parts=lambda stage: {**of_year()(stage), "pk": 0}, hidden=SIGNED_IN),
    y("conferences:minutes_print", post=RUNS),
    o("screen:results", get="", parts=of_year(), public=True, hidden="nobody " + SIGNED_IN),
    y("conferences:call", get=RUNS, post=RUNS),
    y("conferences:live", get=BLOC),
    y("conferences:live_ballot", get=BLOC, parts=of_role()),
    y("conferences:screen_open", post=RUNS),
    y("conferences:screen_close", post=RUNS),
    o("screen:wall", get="all", parts=things(token="screen"), public=True),
    o("screen:wall_part", get="all", parts=things(token="screen"), public=True),
    y("conferences:change", get=RUNS, post=RUNS),
    y("conferences:pause", post=RUNS),
    y("conferences:resume", post=RUNS),
    y("conferences:close", post=RUNS),
    y("conferences:agenda", get=BLOC),
    y("conferences:item_add", post=RUNS),
    y("conferences:item_change", post=RUNS, parts=_ITEM),
    y("conferences:item_move", post=RUNS, parts=_ITEM),
    y("conferences:item_remove", post=RUNS, parts=_ITEM),
    y("conferences:item_open", post=RUNS, parts=_ITEM),
    y("conferences:item_close", post=RUNS, parts=_ITEM),
    y("conferences:item_notes", post=RUNS, parts=_ITEM),
    y("conferences:item_adopt", post=RUNS, parts=_ITEM),
    y("conferences:attendance", get=BLOC),
    y(
        "conferences:attend",
        get="officer head deputy leader",
        post="officer head deputy leader",
        parts=of_year(pk="attendance"),
    ),
    y("conferences:guest_add", post=RUNS),
    y("conferences:guest_remove", post=RUNS, parts=of_year(pk="guest")),
    y("conferences:election", get=BLOC, parts=of_role()),
    y("conferences:propose", post=RUNS, parts=of_role()),
    y("conferences:withdraw", post=RUNS, parts=of_role(pk="candidate")),
    y("conferences:election_open", post=RUNS, parts=of_role()),
    y("conferences:ballot", get="head", post="head", parts=of_role()),
    y("conferences:election_count", post=RUNS, parts=of_role()),
    y("conferences:election_reply", post=RUNS, parts=of_role()),
    y(
        "conferences:election_reply_paper",
        get="",
        parts=lambda stage: {**of_role()(stage), "entry": 0},
        hidden=SIGNED_IN,
    ),
    y("conferences:election_close", post=RUNS, parts=of_role()),
    y("conferences:election_settle", post=RUNS, parts=of_role()),
    y("conferences:election_conclude", post=RUNS, parts=of_role()),
    y("conferences:election_tally", post=RUNS, parts=of_role()),
    y("conferences:election_again", post=RUNS, parts=of_role()),
    y("conferences:report", get=BLOC),
    y("conferences:report_section", post=RUNS),
    y("conferences:report_draft", post=RUNS),
    y("conferences:report_issue", post=RUNS),
]

_DOCUMENT = of_year(2023, pk="document")
PAPERS = [
    y("pledges:board", get=BLOC),
    y("pledges:pdf", get=BLOC, post=BLOC),
    y("pledges:text", get=BLOC),
    y("pledges:scan", get=BLOC, parts=of_year(pk="signature")),
    y("pledges:draft", post=PREPARES),
    y("pledges:draft_next", post=PREPARES),
    y("pledges:edit", get=PREPARES, post=PREPARES),
    y("pledges:open_comment", post=PREPARES),
    y("pledges:comment", post=MEMBERS),
    y("pledges:freeze", post=PREPARES),
    y("pledges:unfreeze", post=PREPARES),
    y("pledges:sign", get="head", post="head"),
    y("pledges:wet", get=BLOC, post=BLOC),
    y("pledges:refuse", post="head"),
    y("pledges:signing_file", get=BLOC, post=PREPARES),
    y("pledges:hand_in", post=MEMBERS),
    y("pledges:evidence", get=BLOC, post=PREPARES),
    y("pledges:remind", post=PREPARES),
    y("documents:board", get=BLOC),
    y("documents:wordings", get=BLOC),
    y("documents:wording", get="leader", post="leader", parts=lambda s: {**of_year()(s), "key": "reminder"}),
    y("documents:letter", get="leader", post="leader", parts=lambda s: {**of_year()(s), "key": "reminder"}),
    before("documents:detail", get=BLOC, parts=_DOCUMENT),
    before("documents:pdf", get=BLOC, parts=_DOCUMENT),
    before("documents:word", get=BLOC, parts=_DOCUMENT),
    before("documents:signed_copy", get="", parts=_DOCUMENT, hidden=SIGNED_IN),
    before("documents:print", post=BLOC, parts=_DOCUMENT),
    before("documents:submit", post="leader", parts=_DOCUMENT),
    before("documents:return", post="leader", parts=_DOCUMENT),
    before("documents:sign", post="leader", parts=_DOCUMENT),
    before("documents:number", post="", parts=_DOCUMENT),
    before("documents:replace", post="leader", parts=_DOCUMENT),
]

TABLE = {
    "account": ACCOUNT,
    "blocs": BLOCS,
    "scoring": SCORING,
    "awards": AWARDS,
    "conferences": CONFERENCES,
    "papers": PAPERS,
}
