"""Build a country in bulk and print what each main page costs there, as a ratio to one bloc. See script/bench --country.

One process builds and measures one database; the parent compares two of them. Times are the best of several requests of
the same page in the same process, so that only the size of the database differs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEMBERS, PAST, CRITERIA, TRIES = 7, 4, 32, 7


def pages(bloc: str) -> dict[str, str]:
    """The main pages of an official and of a bloc."""
    year = f"/khoi/{bloc}/2024/"
    return {
        "Việc cần làm (các khối)": "/",
        "Khối - năm": year,
        "Bảng tổng hợp điểm": f"{year}cham-diem/tong-hop/",
        "Dự kiến đề nghị": f"{year}khen-thuong/",
        "Hồ sơ khen thưởng": "/tham-dinh/",
        "Danh sách trình Hội đồng": "/tham-dinh/hoi-dong/",
        "Tra cứu khen thưởng": "/tra-cuu-khen-thuong/",
        "Thống kê khen thưởng": "/tra-cuu-khen-thuong/thong-ke/",
    }


def measure(blocs: int) -> dict[str, Any]:
    """Build so many blocs in the database of the environment; return the cost of each page."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the path must be set first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, reset_queries, transaction  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from blocs.models import Authority, Post, User  # noqa: PLC0415
    from home.demo.bulk import Size, add_in_bulk  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    authority = Authority.objects.create(name="Cơ quan minh họa", decider="Thủ trưởng")
    official = User.objects.create_user("can-bo", full_name="Chuyên viên")
    Post.objects.create(user=official, authority=authority, role="officer", title="x", from_on="2020-01-01")
    with transaction.atomic():
        add_in_bulk(authority, Size([MEMBERS] * blocs, PAST, CRITERIA), prefix="b")
    built = time.perf_counter() - begun
    client = Client(SERVER_NAME="localhost")
    client.force_login(official, "allauth.account.auth_backends.AuthenticationBackend")
    found = {}
    for name, path in pages("b-0001").items():
        client.get(path)
        times = []
        for _ in range(TRIES):
            reset_queries()
            start = time.process_time()
            answer = client.get(path)
            times.append(time.process_time() - start)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[name] = [answer.status_code, min(times), len(asked.captured_queries)]
    return {"built": built, "pages": found}


def measured_apart(blocs: int) -> dict[str, Any]:
    """Measure in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "VAR_DIR": folder, "DEMO_TODAY": "2024-12-05",
                              "MEDIA_ROOT": f"{folder}/files"}  # fmt: skip
        line = [sys.executable, __file__, "--measure", str(blocs)]
        printed = subprocess.run(line, cwd=ROOT, env=place, check=True, capture_output=True, text=True).stdout
        return dict(json.loads(printed.splitlines()[-1]))


def compare(blocs: int) -> None:
    """Print the table of ratios."""
    small, large = measured_apart(1), measured_apart(blocs)
    years = PAST + 1
    scores = blocs * years * MEMBERS * CRITERIA * 3
    print(f"\n{blocs} blocs x {years} years, {scores} scores, written in {large['built']:.0f} s")
    print(f"{'page':32}{'status':>8}{'queries':>12}{'ms, one bloc':>14}{'ms, country':>13}{'ratio':>8}")
    for name, (status, cost, queries) in large["pages"].items():
        _, before, asked = small["pages"][name]
        print(
            f"{name:32}{status:>8}{asked:>6}/{queries:<5}{before * 1000:>14.1f}{cost * 1000:>13.1f}{cost / before:>8.2f}"
        )


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        compare(int(sys.argv[1]))
