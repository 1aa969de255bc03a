"""Random tables and members, as the oracle's dicts, and their translation into our own values."""

from decimal import Decimal

from hypothesis import strategies as st

from scoring.points import Figures, Kind, Leaf, Method, Params
from scoring.ranking import Entry, Member, NotApplicable, Row, Table

METHODS = ["POINTS", "RATIO", "ACHIEVED", "RUBRIC", "PER_UNIT", "ADJUST", "RELATIVE"]
DEEPEST = 4  # levels of the random trees
amounts = st.decimals(min_value=0, max_value=3000, places=2).map(str)
targets = st.decimals(min_value=Decimal("0.01"), max_value=3000, places=2).map(str)


def _maximum(decimals):
    return st.integers(min_value=1, max_value=40 * 10**decimals).map(lambda n: str(Decimal(n).scaleb(-decimals)))


@st.composite
def leaf_row(draw, code, parent, kind, decimals):
    method = draw(st.sampled_from([name for name in METHODS if not (kind == "deduction" and name == "ADJUST")]))
    top = draw(_maximum(decimals))
    params = {}
    if method == "RATIO" and draw(st.booleans()):
        params["better"] = "lower"
    if method == "RUBRIC":
        levels = draw(st.lists(st.integers(0, 100), min_size=1, max_size=5, unique=True))
        params["levels"] = [str(Decimal(level) / 100) for level in sorted(levels, reverse=True)]
    if method == "PER_UNIT":
        params["per_unit"] = str(Decimal(draw(st.integers(1, 300))) / 100)
    if method == "ADJUST":
        params = {
            "bonus": draw(st.sampled_from(["0", "0.5", "2", "1.25"])),
            "penalty": draw(st.sampled_from(["0", "1", "0.75"])),
        }
        if draw(st.booleans()):
            params["min"] = draw(st.sampled_from(["-5", "-0.5", "0"]))
        if draw(st.booleans()):
            params["max"] = draw(st.sampled_from(["0", top]))
    return {"code": code, "parent": parent, "kind": kind, "max": top, "method": method, "params": params}


@st.composite
def tree_rows(draw, code, parent, kind, decimals, depth):
    """A leaf, or a group with one to three rows below it, down to the fourth level."""
    if depth == DEEPEST or draw(st.booleans()):
        return [draw(leaf_row(code, parent, kind, decimals))]
    rows = [{"code": code, "parent": parent, "kind": kind, "max": None, "method": None, "params": {}}]
    for child in range(1, draw(st.integers(1, 3)) + 1):
        rows += draw(tree_rows(f"{code}.{child}", code, kind, decimals, depth + 1))
    return rows


@st.composite
def oracle_tables(draw):
    decimals = draw(st.integers(0, 3))
    rows = []
    for number in range(draw(st.integers(1, 4))):
        kind = "base" if number == 0 else draw(st.sampled_from(["base", "base", "bonus", "deduction"]))
        rows += draw(tree_rows(f"{number + 1}", None, kind, decimals, 1))
    keys = ["base", "bonus", "deduction", *[row["code"] for row in rows]]
    grades = [("A", "60"), ("B", "20.5"), ("C", "5")]
    return {
        "rows": rows,
        "decimals": decimals,
        "bonus_cap": draw(st.sampled_from([None, "0", "3"])),
        "na": draw(st.sampled_from(["full", "zero", "exclude"])),
        "tie_breaks": draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)),
        "grades": draw(st.permutations(grades)) if draw(st.booleans()) else [],
    }


@st.composite
def figures_for(draw, row):
    lower = row["params"].get("better") == "lower"
    match row["method"]:
        case "POINTS":
            return {"points": str(draw(st.decimals(min_value=0, max_value=Decimal(row["max"]), places=4)))}
        case "ACHIEVED":
            return {"level": draw(st.integers(0, 1))}
        case "RUBRIC":
            return {"level": draw(st.integers(1, len(row["params"]["levels"])))}
        case "PER_UNIT":
            return {"count": draw(amounts)}
        case "ADJUST":
            return {"plus": draw(st.integers(0, 9)), "minus": draw(st.integers(0, 9))}
    return {"target": draw(amounts if lower else targets | st.just("100")), "actual": draw(amounts | st.just("100"))}


@st.composite
def oracle_members(draw, table, least=1):
    members = []
    for number in range(draw(st.integers(least, 5))):
        scores = {}
        for row in table["rows"]:
            if row["method"] is None:
                continue
            away = row["kind"] == "base" and draw(st.integers(0, 5)) == 0
            figures = {"not_applicable": True} if away else draw(figures_for(row))
            typed = draw(st.decimals(min_value=0, max_value=Decimal(row["max"]), places=3))
            override = None if away or draw(st.integers(0, 4)) else str(typed)
            scores[row["code"]] = {"figures": figures, "override": override}
        members.append({"unit": f"U{number}", "submitted": draw(st.integers(0, 4)) > 0, "scores": scores})
    return members


def our_params(params):
    numbers = {"per_unit": "per_unit", "bonus": "bonus", "penalty": "penalty", "min": "minimum", "max": "maximum"}
    return Params(
        lower_is_better=params.get("better") == "lower",
        levels=tuple(Decimal(level) for level in params.get("levels", ())),
        **{ours: Decimal(params[key]) for key, ours in numbers.items() if key in params},
    )


def our_table(table):
    rows = []
    for row in table["rows"]:
        kind = Kind(row["kind"])
        leaf = row["method"] and Leaf(
            row["code"], Decimal(row["max"]), Method(row["method"]), kind, our_params(row["params"])
        )
        rows.append(Row(row["code"], row["parent"], kind, leaf or None))
    return Table(
        rows=tuple(rows),
        decimals=table["decimals"],
        bonus_cap=None if table["bonus_cap"] is None else Decimal(table["bonus_cap"]),
        not_applicable=NotApplicable(table["na"]),
        tie_breaks=tuple(table["tie_breaks"]),
        grades=tuple((name, Decimal(threshold)) for name, threshold in table["grades"]),
    )


def our_figures(figures):
    whole = {"level", "plus", "minus", "not_applicable"}
    return Figures(**{name: value if name in whole else Decimal(value) for name, value in figures.items()})


def our_member(member):
    entries = {
        code: Entry(our_figures(score["figures"]), None if score["override"] is None else Decimal(score["override"]))
        for code, score in member["scores"].items()
    }
    return Member(member["unit"], member["submitted"], entries)


def our_lines(table, standings):
    """Write our standings as the oracle writes its own."""
    tops = [row.code for row in table.rows if row.parent is None]
    lines = []
    for line in standings:
        amounts = {
            name: line.sheet and f"{getattr(line.sheet, name):f}" for name in ("base", "bonus", "deduction", "total")
        }
        groups = {code: line.sheet and f"{line.sheet.rows[code]:f}" for code in tops}
        lines.append(
            {
                "unit": line.unit,
                "groups": groups,
                **amounts,
                "rank": line.rank,
                "shared": line.shared,
                "grade": line.grade,
                "provisional": line.provisional,
            }
        )
    return lines
