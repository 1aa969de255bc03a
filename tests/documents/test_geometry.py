"""Every kind of paper, read back out of its PDF: sheet, margins, faces, sizes, tags (Decree 30/2020, Annex I)."""

import io
import shutil
import subprocess

import pypdf
import pytest

from documents import printing
from tests.documents import samples

MM = 72 / 25.4
SLACK = 0.6  # points: a letter may hang over by its own curve


def visited(page):
    """The runs of a page: x, y, size in points, text."""
    runs = []

    def visit(text, matrix, text_matrix, font, size):
        if text.strip():
            placed = pypdf.Transformation(tuple(text_matrix)).transform(pypdf.Transformation(tuple(matrix))).ctm
            scale = (placed[1] ** 2 + placed[3] ** 2) ** 0.5
            runs.append((placed[4], placed[5], round(size * scale, 1), text.strip(), (font or {}).get("/BaseFont", "")))

    page.extract_text(visitor_text=visit)
    return runs


@pytest.fixture(scope="module", params=samples.EVERY_PAPER, ids=lambda sample: sample.__name__)
def printed(request):
    paper = request.param()
    content = printing.print_pdf(paper)
    return paper, pypdf.PdfReader(io.BytesIO(content)), content


def test_it_is_a_tagged_pdf_a_in_vietnamese(printed):
    _paper, reader, content = printed
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    assert "/StructTreeRoot" in root
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    about = root["/Metadata"].get_object().get_data().decode()
    assert ('pdfaid:part="3"' in about, 'pdfaid:conformance="A"' in about) == (True, True)
    assert reader.metadata.title == printed[0].full_title
    assert content.count(b"/Encrypt") == 0


def test_every_page_is_a4_and_every_run_stands_inside_the_margins(printed):
    _paper, reader, _content = printed

    for page in reader.pages:
        width, height = (float(side) for side in page.mediabox[2:])
        assert sorted((round(width), round(height))) == [595, 842]
        runs = visited(page)
        body = [run for run in runs if 20 * MM <= run[1] <= height - 20 * MM]
        outside = [run for run in runs if run not in body]
        assert min(run[0] for run in body) >= 30 * MM - SLACK
        assert max(run[0] for run in body) <= width - 15 * MM
        assert all(run[3].isdigit() or run[3] == "Dữ liệu minh họa" for run in outside), outside


def test_the_first_page_has_no_number_and_the_others_have_it_in_size_13(printed):
    _paper, reader, _content = printed
    height = [float(page.mediabox[3]) for page in reader.pages]

    tops = [
        [(run[3], run[2]) for run in visited(page) if run[1] > height[place] - 20 * MM]
        for place, page in enumerate(reader.pages)
    ]

    assert tops[0] == []
    assert {size for top in tops for _number, size in top} <= {13.0}


def test_only_the_four_faces_are_used_and_all_are_embedded(printed):
    _paper, reader, _content = printed

    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()
            assert str(inner["/BaseFont"]).split("+")[1].startswith("Liberation-Serif")


def test_nation_motto_and_body_have_the_sizes_of_the_decree(printed):
    paper, reader, _content = printed
    runs = visited(reader.pages[0])
    sizes = {text: (size, face) for _x, _y, size, text, face in runs}

    if paper.letterhead:
        nation, motto = sizes["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], sizes["Độc lập - Tự do - Hạnh phúc"]
        assert (nation[0], motto[0]) == (12.0, 13.0)
        assert ("Bold" in nation[1], "Bold" in motto[1]) == (True, True)
    title = next(run for run in runs if run[3].upper().startswith(paper.title.upper()[:6]) and run[3].isupper())
    assert (title[2], "Bold" in title[4]) == (14.0, True)


def test_equal_papers_give_equal_bytes(printed):
    paper, _reader, content = printed

    assert printing.print_pdf(paper) == content


@pytest.mark.skipif(
    shutil.which("pdffonts") is None or shutil.which("qpdf") is None, reason="poppler or qpdf is missing"
)
def test_pdffonts_and_qpdf_agree(printed, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printed[2])

    fonts = subprocess.run([shutil.which("pdffonts"), path], capture_output=True, text=True, check=True).stdout

    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    subprocess.run([shutil.which("qpdf"), "--check", path], check=True, capture_output=True)
