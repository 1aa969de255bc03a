"""People come by one-time link and go by closing their posts."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from blocs.actions import authorisations, people
from blocs.clock import at
from blocs.invitations import digest_of_token, invitation_behind
from blocs.models import Invitation, LogEntry, Post, User
from blocs.standing import standing_of
from tests.cast import TODAY, Cast, make_cast

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 9)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def invited(cast: Cast, role: str = Post.Role.OFFICER, email: str = "moi@example.test") -> tuple[Invitation, str]:
    return people.invite(
        cast.leader, full_name="Người mới", email=email, role=role, title="Chuyên viên", by=cast.heads["BQL-1"], at=NOW
    )


def test_an_invitation_keeps_only_the_digest_of_its_link(cast):
    invitation, token = invited(cast)

    kept = Invitation.objects.values().get(pk=invitation.pk)
    assert kept["token_digest"] == digest_of_token(token)
    assert token not in str(kept)
    assert token not in str(LogEntry.objects.latest("sequence").details)


def test_the_mail_job_does_not_hold_the_link_either(cast):
    _, token = invited(cast)

    assert token not in str(list(DBTaskResult.objects.values()))


def test_a_link_leads_to_its_invitation_and_no_other_text_does(cast):
    invitation, token = invited(cast)

    assert invitation_behind(token) == invitation
    assert invitation_behind(token[:-1]) is None


def test_accepting_makes_an_account_that_holds_the_post_from_today(cast):
    invitation, _ = invited(cast)

    post = people.accept_invitation(invitation, at=NOW, username="Nguoi.Moi", password="mot-mat-khau-du-dai")

    assert (post.user.username, post.user.full_name, post.user.email) == ("nguoi.moi", "Người mới", "moi@example.test")
    assert post.user.check_password("mot-mat-khau-du-dai")
    assert (post.from_on, post.until_on, post.given_by) == (TODAY, None, cast.heads["BQL-1"])
    assert standing_of(post.user, TODAY).represents(cast.leader.pk)


def test_a_signed_in_person_takes_the_post_with_the_account_at_hand(cast):
    invitation, _ = invited(cast, email="officer2@example.test")
    accounts = User.objects.count()

    post = people.accept_invitation(invitation, at=NOW, by=cast.officers["BQL-2"])

    assert post.user == cast.officers["BQL-2"]
    assert User.objects.count() == accounts


def test_a_link_works_once(cast):
    invitation, _ = invited(cast)
    people.accept_invitation(invitation, at=NOW, username="mot", password="mot-mat-khau-du-dai")

    with pytest.raises(people.InvitationVoid, match="không còn hiệu lực"):
        people.accept_invitation(invitation, at=NOW, username="hai", password="mot-mat-khau-du-dai")

    assert not User.objects.filter(username="hai").exists()


def test_a_link_is_void_after_fourteen_days_to_the_second(cast):
    invitation, _ = invited(cast)
    expiry = NOW + dt.timedelta(days=14)

    assert invitation.is_open(expiry - dt.timedelta(seconds=1))
    with pytest.raises(people.InvitationVoid):
        people.accept_invitation(invitation, at=expiry, username="tre", password="mot-mat-khau-du-dai")


def test_a_withdrawn_link_is_void(cast):
    invitation, _ = invited(cast)

    people.withdraw_invitation(invitation, by=cast.heads["BQL-1"], at=NOW)

    with pytest.raises(people.InvitationVoid):
        people.accept_invitation(invitation, at=NOW, username="tre", password="mot-mat-khau-du-dai")


def test_a_taken_sign_in_name_is_refused_and_the_link_stays_open(cast):
    invitation, _ = invited(cast)

    with pytest.raises(people.NameTaken, match="đã thuộc tài khoản khác"):
        people.accept_invitation(invitation, at=NOW, username="HEAD1", password="mot-mat-khau-du-dai")

    assert Invitation.objects.get(pk=invitation.pk).is_open(NOW)


def test_a_known_mail_address_makes_no_second_account(cast):
    invitation, _ = invited(cast, email="officer2@example.test")

    with pytest.raises(people.NameTaken, match="đã có tài khoản"):
        people.accept_invitation(invitation, at=NOW, username="moi", password="mot-mat-khau-du-dai")


def test_the_authority_has_no_tally_team(cast):
    with pytest.raises(people.WrongRole):
        people.invite(
            cast.authority, full_name="X", email="x@example.test", role=Post.Role.TALLY, title="X", by=None, at=NOW
        )


def test_a_closed_post_is_not_in_force_on_that_day_and_its_record_stays(cast):
    post = cast.officers["BQL-1"].posts.get()

    people.close_post(post, by=cast.heads["BQL-1"], on=TODAY)

    post.refresh_from_db()
    assert post.until_on == TODAY - dt.timedelta(days=1)
    assert not standing_of(User.objects.get(pk=post.user_id), TODAY).represents(cast.leader.pk)
    assert Post.objects.filter(pk=post.pk).exists()


def test_a_post_closed_on_its_first_day_is_over_at_once(cast):
    invitation, _ = invited(cast)
    post = people.accept_invitation(invitation, at=NOW, username="nham", password="mot-mat-khau-du-dai")

    people.close_post(post, by=cast.heads["BQL-1"], on=TODAY)

    assert not standing_of(post.user, TODAY).represents(cast.leader.pk)


def test_a_post_is_closed_once(cast):
    post = cast.officers["BQL-1"].posts.get()
    people.close_post(post, by=None, on=TODAY)

    with pytest.raises(people.PostEnded):
        people.close_post(post, by=None, on=TODAY)


def test_the_last_head_is_closed_by_the_authority_only(cast):
    post = cast.heads["BQL-1"].posts.get()

    with pytest.raises(people.LastHead, match="cơ quan tổ chức khối"):
        people.close_post(post, by=cast.heads["BQL-1"], on=TODAY)
    people.close_post(post, by=cast.official, on=TODAY)

    assert not Post.objects.in_force(TODAY).filter(pk=post.pk).exists()


def test_the_last_official_is_closed_by_the_operator_only(cast):
    post = cast.official.posts.get()

    with pytest.raises(people.LastHead, match="cuối cùng"):
        people.close_post(post, by=cast.official, on=TODAY)

    people.close_post(post, by=None, on=TODAY)


def authorised(cast: Cast, *, by: User, holder: User | None = None, until_on: dt.date = dt.date(2024, 12, 31)):
    return authorisations.record_authorisation(
        cast.leader, holder=holder or cast.officers["BQL-1"], title="Phó Trưởng ban", number="05/GUQ", dated_on=TODAY,
        from_on=TODAY, until_on=until_on, by=by, at=NOW,
    )  # fmt: skip


def test_an_authorised_person_acts_for_the_head_from_the_first_to_the_last_day(cast):
    authorised(cast, by=cast.heads["BQL-1"])

    officer = User.objects.get(pk=cast.officers["BQL-1"].pk)
    days = [TODAY - dt.timedelta(days=1), TODAY, dt.date(2024, 12, 31), dt.date(2025, 1, 1)]
    assert [standing_of(officer, day).heads(cast.leader.pk) for day in days] == [False, True, True, False]


def test_nobody_records_an_authorisation_for_himself(cast):
    with pytest.raises(authorisations.OwnAuthorisation):
        authorised(cast, by=cast.officers["BQL-1"])


def test_only_somebody_of_the_unit_is_authorised(cast):
    with pytest.raises(authorisations.NotOfTheUnit):
        authorised(cast, by=cast.heads["BQL-1"], holder=cast.officers["BQL-2"])


def test_an_authorisation_does_not_end_before_it_begins(cast):
    with pytest.raises(authorisations.EndsBeforeItBegins):
        authorised(cast, by=cast.heads["BQL-1"], until_on=TODAY - dt.timedelta(days=1))


def test_an_ended_authorisation_holds_no_longer(cast):
    paper = authorised(cast, by=cast.heads["BQL-1"])

    authorisations.end_authorisation(paper, by=cast.heads["BQL-1"], on=TODAY)

    officer = User.objects.get(pk=cast.officers["BQL-1"].pk)
    assert not standing_of(officer, TODAY).heads(cast.leader.pk)


def test_a_mail_address_in_use_is_refused(cast):
    with pytest.raises(people.NameTaken):
        people.change_contact(
            cast.official, full_name="Tên mới", email="HEAD1@example.test", phone="", by=cast.official
        )
