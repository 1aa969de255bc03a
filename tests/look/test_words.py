"""Vietnamese everywhere: account pages, mails, form errors, third-party strings."""

import gettext
import html
import re
from pathlib import Path

import django
import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from blocs import account
from blocs.errors import Refusal
from tests.cast import PASSWORD, make_cast, make_user

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale/vi/LC_MESSAGES"
ENGLISH = re.compile(
    r"\b(the|your?|is|are|was|not|and|or|of|with|please|this|that|field|required|enter|valid|invalid|password|email|"
    r"username|user|login|log|sign|out|forgot|forgotten|reset|change|changed|account|must|too|short|common|similar|"
    r"entirely|numeric|contain|characters?|same|each|time|page|error|code|confirm|submit|type|link|site|hello|name)\b",
    re.IGNORECASE,
)


def visible(page: str) -> str:
    """What a reader sees or hears of a page."""
    page = re.sub(r"<(head|script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:placeholder|aria-label|title|alt)="([^"]*)"', page))
    return html.unescape(re.sub(r"<[^>]+>", " ", page) + " " + spoken)


def english_in(text: str) -> list[str]:
    return sorted({word.lower() for word in ENGLISH.findall(text)})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/dang-nhap/",
        "/mat-khau/quen/",
        "/mat-khau/quen/da-gui/",
        "/mat-khau/dat-lai/xong/",
        "/mat-khau/dat-lai/1-x/",
        "/tai-khoan/ngung-dung/",
    ],
)
def test_pages_before_sign_in_hold_no_english(path):
    response = Client().get(path)

    assert (response.status_code, english_in(visible(response.content.decode()))) == (200, [])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tai-khoan/", "/dang-xuat/", "/mat-khau/doi/", "/xac-nhan-lai/"])
def test_pages_of_the_account_hold_no_english(path):
    cast = make_cast(1)
    person = cast.officers["BQL-1"]
    person.full_name, person.username, person.email = "Chuyên viên", "chuyenvien", "cv@bql.vn"
    person.save()
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.get(path)

    assert (response.status_code, english_in(visible(response.content.decode()))) == (200, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/dang-nhap/", {}),
        ("/dang-nhap/", {"login": "ai", "password": "x"}),
        ("/dang-nhap/", {"login": "ai@do.vn", "password": "x"}),
        ("/mat-khau/quen/", {"email": "khong phai thu"}),
        ("/mat-khau/doi/", {}),
        ("/mat-khau/doi/", {"oldpassword": "x", "password1": "12345678", "password2": "a"}),
        ("/mat-khau/doi/", {"oldpassword": PASSWORD, "password1": "chuyenvien", "password2": "chuyenvien1"}),
        ("/xac-nhan-lai/", {"password": "x"}),
    ],
)
def test_errors_of_account_forms_hold_no_english(path, answers):
    client = Client()
    if path in {"/mat-khau/doi/", "/xac-nhan-lai/"}:
        client.force_login(
            make_user("chuyenvien", full_name="Chuyên viên"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )

    response = client.post(path, answers)

    said = " ".join(str(error) for errors in response.context["form"].errors.values() for error in errors)
    assert (said != "", english_in(said)) == (True, [])


@pytest.mark.django_db
def test_a_reset_by_link_asks_in_vietnamese():
    user = make_user("chuyenvien", full_name="Chuyên viên")
    client = Client()
    client.post("/mat-khau/quen/", {"email": user.email})
    from django.core import mail  # noqa: PLC0415 - the outbox is a new list in each test

    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    refused = client.post(page.context["action_url"], {"password1": "123", "password2": "456"})

    letter = mail.outbox[0].body.replace("chuyenvien", "").replace("testserver", "")
    assert english_in(re.sub(r"http\S+", "", letter)) == []
    assert english_in(visible(page.content.decode())) == []
    assert english_in(visible(refused.content.decode())) == []


def test_every_sentence_of_the_adapter_that_a_person_can_meet_is_vietnamese():
    unreachable = {  # sign-up, phone, several addresses and codes are not offered
        "cannot_remove_primary_email", "duplicate_email", "phone_password_mismatch", "email_taken", "incorrect_code",
        "invalid_or_expired_key", "max_email_addresses", "phone_taken", "unknown_phone", "unverified_primary_email",
        "username_blacklisted", "username_taken", "select_only_one",
    }  # fmt: skip
    messages = {key: str(said) for key, said in account.AccountAdapter.error_messages.items() if key not in unreachable}

    assert {key: english_in(said) for key, said in messages.items() if english_in(said)} == {}


@pytest.mark.parametrize("template", ["400", "403", "403_csrf", "404", "413", "429", "500", "refused", "account/kept"])
def test_pages_of_refusals_hold_no_english(template, rf):
    request = rf.get("/")
    refusal = Refusal("Đã hết hạn.")

    page = render_to_string(
        f"{template}.html", {"refusal": refusal, "typed": ["Một"], "back": "/", "site_name": "Hệ thống"}, request
    )

    assert english_in(visible(page)) == []


@pytest.mark.parametrize("weak", ["123", "password", "1234567890"])
def test_password_rules_speak_vietnamese(weak):
    with pytest.raises(ValidationError) as refused:
        password_validation.validate_password(weak)

    said = " ".join([*refused.value.messages, *password_validation.password_validators_help_texts()])
    assert english_in(said) == []


def entries(path: Path) -> list[tuple[str, str, str]]:
    """The (places, msgid, msgstr) of a catalogue's source."""
    found = []
    for block in path.read_text().split("\n\n"):
        parts = {
            key: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', value))
            for key, value in re.findall(r'^(msgid|msgstr(?:\[0\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.MULTILINE)
        }
        said = parts.get("msgstr", parts.get("msgstr[0]", ""))
        found.append(
            (
                " ".join(re.findall(r"^#: (.*)$", block, re.MULTILINE)),
                unescaped(parts.get("msgid", "")),
                unescaped(said),
            )
        )
    return [entry for entry in found if entry[1]]


def unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def test_the_compiled_catalogue_matches_its_source():
    with (LOCALE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)

    said = {
        str(key).rpartition("\x04")[2] if isinstance(key, str) else key[0]: value
        for key, value in catalogue._catalog.items()
        if key
    }

    assert said == {msgid: text for _, msgid, text in entries(LOCALE / "django.po")}


def said(msgid: str) -> set[str]:
    """What is said for a text; a text with a plural is found by its number only (before Python 3.11.4)."""
    return {translation.gettext(msgid)} & {translation.ngettext(msgid, msgid, 1)}


def test_no_form_or_validator_of_django_speaks_english():
    package = Path(django.__file__).parent
    sources = [package / part / "locale/en/LC_MESSAGES/django.po" for part in ("conf", "contrib/auth")]
    told = re.compile(
        r"forms/|core/validators|core/paginator|db/models/(fields|base)|password_validation|contrib/auth/validators|utils/timesince"
    )

    with translation.override("vi"):
        silent = [
            msgid
            for source in sources
            for places, msgid, _ in entries(source)
            if told.search(places) and "%(" not in msgid and "%s" not in msgid and msgid in said(msgid)
        ]

    assert [msgid for msgid in silent if english_in(msgid)] == []
