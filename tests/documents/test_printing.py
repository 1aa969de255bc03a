"""Papers as they come out of the printer: text, geometry, faces, numbers of pages."""

import io
import unicodedata

import pypdf
import pytest

from documents import fonts, printing
from tests.documents import samples

MM = 72 / 25.4
A4 = (595, 842)


def read(paper):
    return pypdf.PdfReader(io.BytesIO(printing.print_pdf(paper)))


def text_of(page):
    return " ".join(page.extract_text().split())


def runs_of(page):
    """The runs of text of a page as (x, y, text), in points from the lower left corner."""
    runs = []

    def visit(text, matrix, text_matrix, font, size):
        if text.strip():
            placed = pypdf.Transformation(tuple(text_matrix)).transform(pypdf.Transformation(tuple(matrix)))
            runs.append((placed.ctm[4], placed.ctm[5], text.strip()))

    page.extract_text(visitor_text=visit)
    return runs


def face_names(reader):
    faces = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()
            faces.add(str(inner["/BaseFont"]).split("+")[1])
    return faces


@pytest.fixture(scope="module")
def draft():
    return read(samples.report())


@pytest.fixture(scope="module")
def issued():
    return read(samples.report(draft=False, demo=False).issued(number="05", dated="ngày 08 tháng 01 năm 2024"))


@pytest.fixture(scope="module")
def widest():
    return read(samples.consolidated_table(20, 60))


def test_every_vietnamese_letter_comes_back_out_of_the_pdf(draft):
    text = unicodedata.normalize("NFC", " ".join(text_of(page) for page in draft.pages))

    assert samples.PANGRAM.replace(" ", "") in text.replace(" ", "")


def test_a_report_is_a4_upright_and_its_table_of_points_lies_broad(draft):
    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in draft.pages]

    broad = {place for place, size in enumerate(sizes) if size == A4[::-1]}
    assert {size for place, size in enumerate(sizes) if place not in broad} == {A4}
    assert broad == {place for place, page in enumerate(draft.pages) if "Nội dung, tiêu chí" in text_of(page)}


def test_text_keeps_the_margins_of_the_decree(issued):
    for page in issued.pages:
        width, height = (float(side) for side in page.mediabox[2:])
        body = [(x, y) for x, y, text in runs_of(page) if not (text.isdigit() and y > height - 20 * MM)]

        assert min(x for x, y in body) >= 25 * MM
        assert max(x for x, y in body) <= width - 15 * MM
        assert max(y for x, y in body) <= height - 20 * MM
        assert min(y for x, y in body) >= 20 * MM


def test_body_starts_thirty_millimetres_from_the_left_edge(issued):
    lefts = [x for x, y, text in runs_of(issued.pages[1])]

    assert min(lefts) == pytest.approx(30 * MM, abs=1)


def numbers_on_top(reader):
    numbers = []
    for page in reader.pages:
        height = float(page.mediabox[3])
        numbers.append([text for x, y, text in runs_of(page) if y > height - 20 * MM])
    return numbers


def test_the_first_page_has_no_number_and_each_annex_counts_for_itself(draft):
    annex_starts = [place for place, page in enumerate(draft.pages) if "Phụ lục" in text_of(page)[:12]]

    expected = []
    for place in range(len(draft.pages)):
        first = max(start for start in [0, *annex_starts] if start <= place)
        expected.append([str(place - first + 1)] if place > first else [])
    assert numbers_on_top(draft) == expected
    assert len(annex_starts) == 3


def test_page_numbers_stand_in_the_middle_of_the_top_margin(draft):
    page = draft.pages[1]
    ((x,),) = [(x,) for x, y, text in runs_of(page) if text == "2" and y > 842 - 20 * MM]

    assert x == pytest.approx((30 + 165 / 2) * MM, abs=6)


def test_only_the_four_faces_of_the_serif_are_used_and_all_are_embedded(draft):
    assert face_names(draft) == {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
        "Liberation-Serif-Italic",
        "Liberation-Serif-Bold-Italic",
    }


def test_invented_figures_are_marked_under_the_title_and_in_every_foot(draft):
    feet = [[text for x, y, text in runs_of(page) if y < 20 * MM] for page in draft.pages]

    assert feet == [["Dữ liệu minh họa"]] * len(draft.pages)
    assert text_of(draft.pages[0]).count("Dữ liệu minh họa") == 2


def test_a_real_paper_is_not_marked_as_invented(issued):
    assert "minh họa" not in " ".join(text_of(page) for page in issued.pages)


def test_the_draft_knows_nothing_of_what_the_conference_has_yet_to_decide(draft, issued):
    early, late = (" ".join(text_of(page) for page in reader.pages) for reader in (draft, issued))

    assert ("DỰ THẢO" in early, "7. Kết quả bình xét" in early, "Hội nghị đã bầu" in early) == (True, False, False)
    assert ("DỰ THẢO" in late, "7. Kết quả bình xét" in late, "Hội nghị đã bầu" in late) == (False, True, True)


def test_number_and_date_stay_blank_until_the_clerk_issues_them(draft, issued):
    assert "Số: /BC-BQLKCN Thái Nguyên, ngày tháng năm" in text_of(draft.pages[0]).replace("\u00a0", " ").replace(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ", ""
    ).replace("  ", " ")
    assert "Số: 05/BC-BQLKCN" in text_of(issued.pages[0])
    assert "Thái Nguyên, ngày 08 tháng 01 năm 2024" in text_of(issued.pages[0])


def test_the_text_ends_as_the_decree_asks_and_the_signature_stays_with_its_last_words(issued):
    (last,) = [page for page in issued.pages if "./." in text_of(page)]

    assert ("Nơi nhận:" in text_of(last), "TRƯỞNG BAN" in text_of(last)) == (True, True)


def test_the_head_of_a_long_table_is_repeated_on_every_page(widest):
    heads = ["Nội dung, tiêu chí" in text_of(page) for page in widest.pages]

    assert len(heads) > 2
    assert all(heads)


def test_every_figure_of_the_widest_table_is_printed(widest):
    table = samples.score_table(20, 60)
    printed = [word for page in widest.pages for word in page.extract_text().split()]

    wanted = [figure for row in table.rows for figure in (row.maximum, *row.points)]
    assert sorted(word for word in printed if word in set(wanted)) == sorted(
        wanted + [figure for row in table.closing for figure in row.points if figure in set(wanted)]
    )


def test_forty_five_members_are_printed_over_three_widths():
    table = samples.score_table(45, 5)

    parts = table.parts

    assert [len(part.members) for part in parts] == [15, 15, 15]
    assert [part.span for part in parts] == ["đơn vị 01 đến 15", "đơn vị 16 đến 30", "đơn vị 31 đến 45"]
    assert [figure for part in parts for figure in part.rows[1].points] == list(table.rows[1].points)


def test_equal_papers_give_equal_bytes():
    assert printing.print_pdf(samples.pledge()) == printing.print_pdf(samples.pledge())


@pytest.mark.parametrize("sample", [samples.score_sheet, samples.pledge, samples.minutes, samples.letter])
def test_other_papers_print_with_their_own_faces_only(sample):
    reader = read(sample())

    assert all(name.startswith("Liberation-Serif") for name in face_names(reader))


def test_minutes_carry_no_place_and_date_line():
    text = text_of(read(samples.minutes()).pages[0])

    assert "Thái Nguyên, ngày" not in text


def test_a_confirmation_in_the_application_is_named_for_what_it_is():
    text = " ".join(text_of(page) for page in read(samples.pledge()).pages)

    assert text.count("Đã xác nhận trên hệ thống lúc 10:05 ngày 04/01/2024; mã kiểm tra 3f7a91c0") == 3
    assert ("chữ ký số" in text, "Đã ký" in text) == (False, False)


def test_text_typed_by_people_reaches_for_nothing():
    paper = samples.report(members='<img src="http://example.test/x.png"><script>1</script>')

    text = " ".join(text_of(page) for page in read(paper).pages)

    assert '<imgsrc="http://example.test/x.png">' in text.replace(" ", "")


def test_decomposed_letters_are_printed_composed():
    paper = samples.letter()
    typed = unicodedata.normalize("NFD", "Khối thi đua Trung du và Miền núi phía Bắc")

    html = printing.paper_html(paper.__class__(**{**vars(paper), "subject": typed}))

    assert "Khối thi đua Trung du và Miền núi phía Bắc" in html


def test_the_font_is_judged_by_its_glyphs():
    assert len(fonts.VIETNAMESE_LETTERS) == 134
    assert {path.parent.name for path in fonts.paper_faces().values()} != {"liberation"}


def test_a_machine_without_the_font_names_the_package_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "paper_faces", dict)

    assert printing.missing_packages() == ("fonts-liberation2",)
    with pytest.raises(printing.PrinterMissing, match="sudo apt-get install fonts-liberation2"):
        printing.print_pdf(samples.letter())


def test_a_folder_without_fonts_offers_no_faces(tmp_path):
    assert fonts.paper_faces((tmp_path,)) == {}
