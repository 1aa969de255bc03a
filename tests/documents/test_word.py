"""Word files of the papers: the same words and figures as the PDF, the decree's layout, opened by another program."""

import io
import re
import shutil
import subprocess
import unicodedata

import docx
import pypdf
import pytest
from django.urls import reverse
from docx.shared import Mm, Pt

from documents import printing
from documents.word import word_file
from tests.cast import TODAY
from tests.documents import samples
from tests.documents.samples import EVERY_PAPER

FIGURE = re.compile(r"\d[\d.,]*")


def opened(paper):
    return docx.Document(io.BytesIO(word_file(paper)))


def words_of(word):
    return " ".join(node.text or "" for node in word.element.body.iter(f"{{{word.element.nsmap['w']}}}t"))


def figures_of(text):
    return sorted(FIGURE.findall(unicodedata.normalize("NFC", text)))


def numbers_off(page):
    """The text of a printed page without the page number and the foot."""
    height = float(page.mediabox[3])
    kept = []

    def visit(text, matrix, text_matrix, font, size):
        placed = pypdf.Transformation(tuple(text_matrix)).transform(pypdf.Transformation(tuple(matrix))).ctm
        if placed[5] <= height - 56 and placed[5] >= 56:
            kept.append(text)

    page.extract_text(visitor_text=visit)
    return " ".join(kept)


@pytest.mark.parametrize("sample", EVERY_PAPER, ids=lambda sample: sample.__name__)
def test_a_word_file_holds_the_figures_of_the_pdf(sample):
    paper = sample()
    printed = pypdf.PdfReader(io.BytesIO(printing.print_pdf(paper)))

    word = words_of(opened(paper))

    bare = re.sub(r"\s+", "", " ".join(numbers_off(page) for page in printed.pages))
    assert [figure for figure in figures_of(word) if figure.strip(".,") not in bare] == []
    assert paper.subject.upper().replace(" ", "")[:20] in word.upper().replace(" ", "")


@pytest.mark.parametrize("sample", EVERY_PAPER, ids=lambda sample: sample.__name__)
def test_every_section_is_a4_with_the_margins_of_the_decree(sample):
    paper = sample()

    sections = opened(paper).sections

    for section in sections:
        sides = (section.page_width, section.page_height)
        assert sorted(round(side / Mm(1)) for side in sides) == [210, 297]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin / Mm(1)) for margin in margins] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer
    assert "PAGE" in sections[0].header._element.xml
    assert "PAGE" not in sections[0].first_page_header._element.xml


def test_faces_and_sizes_are_those_of_the_decree():
    word = opened(samples.report())
    body = [p for p in word.paragraphs if p.text.startswith("Năm 2023, Khối gồm")]
    heads = [p for p in word.paragraphs if p.text == "BÁO CÁO"]
    nation = next(p for p in word.tables[0].rows[0].cells[1].paragraphs if p.text)

    assert {run.font.name for p in word.paragraphs for run in p.runs} == {"Times New Roman"}
    assert [p.runs[0].font.size for p in (*body, *heads, nation)] == [Pt(14), Pt(14), Pt(12)]
    assert (heads[0].runs[0].bold, nation.runs[0].bold, nation.text) == (
        True,
        True,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    )
    assert body[0].paragraph_format.first_line_indent == pytest.approx(Mm(12.7), abs=Pt(0.1))


def test_a_long_table_repeats_its_head_and_no_row_is_cut():
    word = opened(samples.consolidated_table(20, 60))
    rows = word.tables[1].rows

    assert "tblHeader" in rows[0]._tr.xml
    assert all("cantSplit" in row._tr.xml for row in rows)
    assert len(rows[0].cells) == 23


def test_an_annex_lies_broad_and_counts_its_own_pages():
    sections = opened(samples.report()).sections

    assert [section.page_width > section.page_height for section in sections] == [False, True, False, False]
    assert all('w:pgNumType w:start="1"' in section._sectPr.xml for section in list(sections)[1:])


def test_markup_typed_by_people_is_text():
    word = opened(samples.letter().__class__(**{**vars(samples.letter()), "subject": "<w:p>&\x0b</w:p>"}))

    assert "<w:p>&</w:p>" in words_of(word)


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_word_file_and_finds_the_same_figures(tmp_path):
    papers = {sample.__name__: sample() for sample in EVERY_PAPER}
    for name, paper in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(word_file(paper))

    office = [shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/home", "--headless"]
    files = [str(path) for path in tmp_path.glob("*.docx")]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", tmp_path, *files], check=True, capture_output=True)

    for name, paper in papers.items():
        pages = pypdf.PdfReader(tmp_path / f"{name}.pdf").pages
        shown = re.sub(r"\s+", "", unicodedata.normalize("NFC", " ".join(page.extract_text() for page in pages)))
        wanted = figures_of(words_of(opened(paper)))
        assert [figure for figure in wanted if figure not in shown] == [], name


def test_the_page_of_a_paper_hands_out_its_word_file(client, cast, draft, officer, settings):
    settings.DEMO_TODAY = TODAY.isoformat()
    document = draft(samples.minutes())
    client.force_login(officer)
    where = {"bloc": cast.bloc.code, "year": cast.year.year, "pk": document.pk}

    answer = client.get(reverse("documents:word", kwargs=where))

    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "BIÊN BẢN" in words_of(docx.Document(io.BytesIO(answer.content)))
    assert (
        reverse("documents:word", kwargs=where)
        in client.get(reverse("documents:detail", kwargs=where)).content.decode()
    )
