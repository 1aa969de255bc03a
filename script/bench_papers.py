"""What papers cost: time and peak memory at 10, 30 and 100 pages, growth per page, and Chromium on the same HTML.

Each size is printed in a process of its own, so that its peak memory is its own. See script/bench.
"""

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 30, 100)
PARAGRAPHS_A_PAGE = 11.8
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip


def one(pages: int) -> None:
    """Print one paper of about so many pages in this process; say pages, seconds, mebibytes, seconds to Word."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the path must be set first
    import pypdf  # noqa: PLC0415 - a part of the checks

    django.setup()
    from documents.printing import paper_html, print_pdf  # noqa: PLC0415
    from documents.word import word_file  # noqa: PLC0415
    from tests.documents import samples  # noqa: PLC0415

    print_pdf(samples.letter())  # the library is loaded once a process
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = samples.prose().conditions
    paper = samples.letter()
    section = paper.sections[0].__class__(paragraphs=(words,) * round(pages * PARAGRAPHS_A_PAGE))
    long_paper = paper.__class__(**{**vars(paper), "sections": (section,), "annexes": ()})
    Path(sys.argv[2]).write_text(paper_html(long_paper), encoding="utf-8")
    begun = time.perf_counter()
    content = print_pdf(long_paper)
    printed = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    word_file(long_paper)
    print(len(pypdf.PdfReader(io.BytesIO(content)).pages), printed, peak - base, time.perf_counter() - begun)


def chromium_seconds(html: Path, out: Path) -> float | None:
    """How long Chromium takes to print the same HTML, its start included; None where there is none."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        return None
    begun = time.perf_counter()
    command = [browser, *QUIET, f"--user-data-dir={out.parent}/chromium", f"--print-to-pdf={out}", html.as_uri()]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return time.perf_counter() - begun if done.returncode == 0 and out.exists() else None


def main() -> None:
    """Print the table."""
    print("\npapers      pages   seconds   per page    peak MiB   Word s   Chromium s   ratio")
    with tempfile.TemporaryDirectory() as folder:
        before: tuple[int, float] | None = None
        for pages in SIZES:
            html = Path(folder) / f"{pages}.html"
            done = subprocess.run(
                [sys.executable, __file__, str(html), str(pages)], capture_output=True, text=True, check=True
            )
            count, seconds, memory, word = (float(word) for word in done.stdout.split())
            growth = (seconds - before[1]) / (count - before[0]) if before else seconds / count
            before = (int(count), seconds)
            browser = chromium_seconds(html, Path(folder) / f"{pages}.pdf")
            other = f"{browser:10.2f}   {seconds / browser:5.2f}" if browser else "no Chromium"
            print(f"         {count:8.0f} {seconds:9.2f} {growth * 1000:7.0f} ms {memory:11.0f} {word:8.2f} {other}")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - the path of the HTML and the number of pages
        sys.argv = [sys.argv[0], sys.argv[2], sys.argv[1]]
        one(int(sys.argv[1]))
    else:
        main()
