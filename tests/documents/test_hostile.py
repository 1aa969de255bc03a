"""Hostile PDFs and hostile text: a sentence or a verdict, never a crash, a hang, a file or the network.

Thirty seconds with a fixed seed; FUZZ_SECONDS asks for more.
"""

import datetime as dt
import os
import random
import signal
import socket
import time

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from documents import printing
from documents.papers import Mark
from documents.papers.wording import SHIPPED, compose, filled
from documents.sealing import examine_apart, make_development_keys, seal
from documents.sealing.examining import examine
from documents.sealing.verdicts import Verdict, verdict_from
from documents.word import word_file
from tests.documents import samples

SECONDS = float(os.environ.get("FUZZ_SECONDS", "30"))
TOKENS = (
    b"/Count 999999999", b"/Kids [1 0 R]", b"/Prev 0", b"/Prev 99999999999", b"/ByteRange [0 0 0 0]",
    b"/ByteRange [-1 5 9999999999 1]", b"/Contents <>", b"/Length 99999999", b"startxref\n7\n", b"/Type /ObjStm /N 99999",
    b"/JavaScript", b"<<" * 400, b"[" * 800, b"(" * 800, b"/Encrypt 1 0 R", b"/Root 1 0 R", b"\x00" * 64, b"endobj",
    b"/Filter [/FlateDecode /FlateDecode /FlateDecode]", b"/Parent 3 0 R", b"/W [8 8 8]", b"/Index [0 4294967295]",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("keys")
    make_development_keys(place / "seal", place / "trust", now=dt.datetime.now(dt.UTC))
    return seal(printing.print_pdf(samples.letter()), folder=place / "seal"), place / "trust"


def mutated(content, chance):
    broken = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(broken))
        kind = chance.randrange(5)
        if kind == 0:
            broken[place] = chance.randrange(256)
        elif kind == 1:
            token = chance.choice(TOKENS)
            broken[place : place + len(token)] = token
        elif kind == 2:
            del broken[place : place + chance.randrange(1, 400)]
        elif kind == 3:
            broken[place:place] = chance.choice(TOKENS)
        else:
            broken[:] = broken[: max(place, 10)]
        if len(broken) < 20:
            break
    return bytes(broken)


def outside_the_signature(file, original):
    """What the signature covers; the signature itself may also differ in certificates that travel with it."""
    begin = original.index(b"/Contents <")
    end = original.index(b">", begin)
    return file[:begin], file[end:]


def in_time(broken, trust, seconds=5):
    """The verdict, with a limit on time as the process of its own has one: some files make a reader count for hours."""

    def enough(_signal, _frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, enough)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return examine(broken, trust)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_file_that_makes_a_reader_count_for_hours_is_given_up(made):
    content, trust = made
    endless = content.replace(b"/Index [0 ", b"/Index [0 99999999999 0 ")

    verdict = examine_apart(endless, trust, seconds=5)

    assert verdict.error or not verdict.holds


def test_mutated_files_get_a_verdict_in_time(made):
    content, trust = made
    chance, longest, ran = random.Random(20240104), 0.0, 0  # noqa: S311 - a fixed seed
    end = time.monotonic() + SECONDS

    while time.monotonic() < end:
        broken = mutated(content, chance)
        begun = time.monotonic()
        verdict = in_time(broken, trust)
        longest, ran = max(longest, time.monotonic() - begun), ran + 1
        assert isinstance(verdict, Verdict)
        assert verdict_from(verdict.as_json()) == verdict
        if verdict.holds:
            assert outside_the_signature(broken, content) == outside_the_signature(content, content)

    assert ran > 20
    assert longest < 20


HOSTILE = strategies.text(
    alphabet=strategies.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=80
) | strategies.sampled_from(
    ["<script>1</script>", "{{ 7*7 }}", "{% include 'x' %}", "</p></body>", "url(file:///etc/passwd)", "{don_vi}" * 9,
     "<img src=file:///etc/passwd>", "<style>@import 'http://example.test/x.css'</style>", "]]>", "&#0;&#x110000;", "[nếu: nam]",
     "<w:p/>", "\u202e\u0000\ufeff", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "Ắ" * 80]
)  # fmt: skip


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_text_typed_by_people_is_printed_and_reaches_for_nothing(monkeypatch, typed):
    def unreachable(*_args, **_kwargs):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    wording = SHIPPED["reminder"]
    paper = compose(wording, f"{{ho_so}} {typed}", {"ho_so": typed}, letterhead=samples.letterhead("BQLKCN"))

    pdf = printing.print_pdf(paper, Mark("222222222222", "http://localhost/kiem-tra/222222222222/"))

    assert pdf.startswith(b"%PDF-1.7")
    assert b"root:x:0" not in pdf
    assert word_file(paper).startswith(b"PK")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(HOSTILE, HOSTILE)
def test_a_fact_is_put_in_as_it_stands(one, other):
    assert filled("{a}|{b}", {"a": one, "b": other}) == f"{one}|{other}"
