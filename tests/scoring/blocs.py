"""Small blocs and files for the tests of scoring."""

import csv
import io
import itertools
import json

from django.core.management import call_command

from blocs.models import Authority, Bloc, BlocYear, Membership, Unit, UnitName

_numbers = itertools.count(1)


def make_year(units, *, year=2024):
    """Create a bloc year with members of these codes, in this order."""
    number = next(_numbers)
    authority = Authority.objects.create(name=f"Cơ quan {number}")
    bloc = Bloc.objects.create(code=f"khoi-{number}", name=f"Khối {number}", authority=authority)
    bloc_year = BlocYear.objects.create(bloc=bloc, year=year)
    for position, code in enumerate(units, 1):
        unit, made = Unit.objects.get_or_create(code=code, defaults={"name": f"Đơn vị {code}", "short_name": code})
        if made:
            UnitName.objects.create(unit=unit, name=unit.name, short_name=code)
        Membership.objects.create(year=bloc_year, unit=unit, position=position, name=unit.name, short_name=code)
    return bloc_year


def csv_file(folder, name, headers, rows, *, delimiter=","):
    """Write a csv file and return its path as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return str(path)


def run(command, *arguments, year, **options):
    """Run one of our commands for a year and return what it printed."""
    out = io.StringIO()
    call_command(command, *arguments, bloc=year.bloc.code, year=year.year, stdout=out, **options)
    return out.getvalue()


def standings_json(year, layer=None):
    """Return the standings as the command writes them."""
    return json.loads(run("standings", year=year, format="json", **({"layer": layer} if layer else {})))


def typed(value):
    """Write a number as an official must: three decimals could be read as thousands, so a fourth is added."""
    text = str(value)
    whole, _, fraction = text.partition(".")
    return f"{text}0" if len(fraction) == 3 and whole.lstrip("-") != "0" else text


def criteria_rows(table):
    """Return an oracle's table as rows of a criteria file."""
    for row in table["rows"]:
        params = ";".join(
            f"{key}={'/'.join(value) if isinstance(value, list) else typed(value)}"
            for key, value in row["params"].items()
        )
        yield [
            row["code"],
            row["parent"] or "",
            f"Tiêu chí {row['code']}",
            typed(row["max"] or ""),
            row["kind"],
            row["method"] or "",
            params,
        ]


CRITERIA = ["code", "parent", "title", "max_points", "kind", "method", "params"]


def properties_of(table):
    """Return an oracle's properties as options of import_criteria."""
    options = {"property_decimals": str(table["decimals"]), "property_na": table["na"]}
    if table["bonus_cap"] is not None:
        options["property_bonus_cap"] = table["bonus_cap"]
    if table["tie_breaks"]:
        options["property_tie_breaks"] = "/".join(table["tie_breaks"])
    if table["grades"]:
        options["property_grades"] = "/".join(f"{name}:{value}" for name, value in table["grades"])
    return options


FIGURES = ["target", "actual", "count", "plus", "minus", "level", "points"]
RESULTS = ["unit", "criterion", *FIGURES, "not_applicable", "reviewed", "agreed", "reason"]


def result_rows(member, rows):
    """Return an oracle's member as rows of a file of results."""
    for row in rows:
        score = member["scores"].get(row["code"])
        if score is None:
            continue
        figures = score["figures"]
        away = "có" if figures.get("not_applicable") else ""
        cells = [typed(figures.get(name, "")) for name in FIGURES]
        later = [
            typed(score.get("reviewed", "")),
            typed(score.get("agreed", "")),
            "theo hồ sơ" if score.get("reviewed") or score.get("agreed") else "",
        ]
        yield [member["unit"], row["code"], *cells, away, *later]
