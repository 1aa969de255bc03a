"""Mails leave through the worker, to a real server: once, with a fixed Message-ID, again after a failure."""

import datetime as dt
import email
import email.policy
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blocs.actions.people import invite, withdraw_invitation
from blocs.actions.personal import choose_mail
from blocs.clock import at
from blocs.invitations import invitation_behind, mail_invitation
from blocs.models import Invitation, Notice, Post
from blocs.notices import enqueue_digests, mail_notice, notify
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


class Postbox:
    """What the server took in; `broken` makes it refuse the next mails."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.broken = False

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.broken:
            return "451 busy"
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


@pytest.fixture
def post(settings) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "thidua@example.test"
    settings.SITE_URL = "https://thidua.example.test"
    yield box
    controller.stop()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def words_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return body.get_content()


def work() -> None:
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


def invited(cast: Cast) -> tuple[Invitation, str]:
    now = timezone.localtime()
    return invite(
        cast.leader, full_name="Người mới", email="moi@example.test", role=Post.Role.OFFICER, title="Chuyên viên",
        by=cast.heads["BQL-1"], at=now,
    )  # fmt: skip


def told(cast: Cast) -> Notice:
    with transaction.atomic():
        notify([cast.heads["BQL-1"]], kind="test", text="Hạn gửi bảng tự chấm điểm: 17:00.", url="/khoi/mnpb/2024/")
    return Notice.objects.get()


def test_an_invitation_arrives_once_and_its_link_leads_back(post, cast):
    invitation, token = invited(cast)

    work()
    work()

    (mail,) = post.mails
    assert (mail["To"], mail["Message-ID"]) == ("moi@example.test", f"<invitation-{invitation.pk}@example.test>")
    (link,) = re.findall(r"https://thidua\.example\.test/loi-moi/(\w+)/", mail.get_content())
    assert link == token
    assert invitation_behind(link) == invitation


def test_a_notice_arrives_once_with_its_page(post, cast):
    notice = told(cast)

    work()
    with transaction.atomic():
        mail_notice(notice_id=notice.pk)

    (mail,) = post.mails
    assert (mail["To"], mail["Message-ID"]) == ("head1@example.test", f"<notice-{notice.pk}@example.test>")
    assert "https://thidua.example.test/khoi/mnpb/2024/" in words_of(mail)
    assert str(mail["Subject"]).strip() == "Hạn gửi bảng tự chấm điểm: 17:00."
    notice.refresh_from_db()
    assert notice.mailed_at is not None


def test_a_mail_the_server_refused_is_sent_again_later_with_the_same_id(post, cast):
    post.broken = True
    notice = told(cast)
    work()
    assert post.mails == []

    post.broken = False
    again = DBTaskResult.objects.filter(status="READY")
    assert again.get().run_after > timezone.now() + dt.timedelta(seconds=30)
    again.update(run_after=timezone.now())
    work()

    assert [mail["Message-ID"] for mail in post.mails] == [f"<notice-{notice.pk}@example.test>"]


def test_nothing_is_mailed_when_the_act_is_rolled_back(post, cast):
    with transaction.atomic():
        notify([cast.heads["BQL-1"]], kind="test", text="Không gửi.")
        transaction.set_rollback(True)

    work()

    assert post.mails == []
    assert not Notice.objects.exists()


def test_a_withdrawn_invitation_is_not_mailed(post, cast):
    invitation, _ = invited(cast)
    withdraw_invitation(invitation, by=cast.heads["BQL-1"], at=timezone.localtime())

    work()

    assert post.mails == []


def test_an_expired_invitation_is_not_mailed(post, cast):
    invitation, _ = invited(cast)
    Invitation.objects.update(expires_at=at(dt.date(2020, 1, 1)))

    mail_invitation(invitation_id=invitation.pk)

    assert post.mails == []


def test_a_mail_says_the_same_in_plain_words_and_as_a_page_that_loads_nothing(post, cast):
    told(cast)

    work()

    (mail,) = post.mails
    page = words_of(mail, "html")
    assert "Hạn gửi bảng tự chấm điểm: 17:00." in words_of(mail)
    assert "Hạn gửi bảng tự chấm điểm: 17:00." in page
    assert 'href="https://thidua.example.test/khoi/mnpb/2024/"' in page
    assert re.findall(r"<(?:img|link|script|style)|src=", page) == []


def test_who_wants_one_mail_a_day_gets_one_with_everything(post, cast):
    head = cast.heads["BQL-1"]
    choose_mail(head, manner="digest", reminds=True, by=head)
    for words in ("Một.", "Hai."):
        with transaction.atomic():
            notify([head], kind="test", text=words)
    work()
    before = list(post.mails)

    enqueue_digests()
    work()
    enqueue_digests()
    work()

    (mail,) = post.mails
    assert before == []
    last = Notice.objects.order_by("pk").last()
    assert (mail["Message-ID"], str(mail["Subject"]).strip()) == (
        f"<digest-{head.pk}-{last.pk}@example.test>", "02 thông báo của Hệ thống quản lý khối thi đua",
    )  # fmt: skip
    assert [words in words_of(mail) for words in ("Một.", "Hai.")] == [True, True]
    assert Notice.objects.filter(mailed_at=None).count() == 0


def test_who_wants_no_mail_gets_none_and_still_sees_the_notice(post, cast):
    choose_mail(cast.heads["BQL-1"], manner="none", reminds=True, by=None)
    told(cast)

    work()
    enqueue_digests()
    work()

    assert (post.mails, Notice.objects.count()) == ([], 1)
