"""A slow second opinion on the standings, written from the rules alone: plain dicts, fractions everywhere, no import of ours.

A table is {"rows": [{"code", "parent", "kind", "max", "method", "params"}], "decimals", "bonus_cap", "na", "tie_breaks",
"grades"}; a member is {"unit", "submitted", "scores": {code: {"figures": {...} | None, "override": str | None}}}.
"""

from fractions import Fraction
from math import floor


def half_away(value, decimals):
    """Round as at school: look at the size, add a half, cut, put the sign back."""
    size = Fraction(floor(abs(value) * 10**decimals + Fraction(1, 2)), 10**decimals)
    return -size if value < 0 else size


def written(value, decimals):
    """Write a fraction that has at most `decimals` places with exactly that many."""
    whole = int(value * 10**decimals)
    assert Fraction(whole, 10**decimals) == value
    sign, digits = "-" if whole < 0 else "", str(abs(whole)).rjust(decimals + 1, "0")
    return sign + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def leaf_rows(table):
    parents = {row["parent"] for row in table["rows"]}
    return [row for row in table["rows"] if row["code"] not in parents]


def by_formula(row, figures, ratios):  # noqa: C901, PLR0911 - the seven methods, one after another
    top, params = Fraction(row["max"]), row["params"]
    match row["method"]:
        case "POINTS":
            return Fraction(figures["points"])
        case "ACHIEVED":
            return top if figures["level"] == 1 else Fraction(0)
        case "RUBRIC":
            return top * Fraction(params["levels"][figures["level"] - 1])
        case "PER_UNIT":
            return min(top, Fraction(params["per_unit"]) * Fraction(figures["count"]))
        case "ADJUST":
            got = (
                Fraction(params.get("bonus", 0)) * figures["plus"]
                - Fraction(params.get("penalty", 0)) * figures["minus"]
            )
            low, high = Fraction(params.get("min", 0)), Fraction(params.get("max", row["max"]))
            return max(low, min(high, got))
        case "RATIO":
            actual, target = Fraction(figures["actual"]), Fraction(figures["target"])
            if params.get("better") == "lower":
                if actual == 0:
                    return top
                return Fraction(0) if target == 0 else top * min(target / actual, Fraction(1))
            return top * min(actual / target, Fraction(1))
    own = Fraction(figures["actual"]) / Fraction(figures["target"])
    best = max([*ratios, own])
    if own < 1:
        return top / 2 * own
    if own == 1:
        return top / 2
    if own == best:
        return top
    return top / 2 + top / 2 * (own - 1) / (best - 1)


def is_away(score):
    return bool(score["figures"] and score["figures"].get("not_applicable")) and score["override"] is None


def points_of(table, row, score, ratios):
    if score["override"] is not None:
        return half_away(Fraction(score["override"]), table["decimals"])
    if is_away(score):
        return Fraction(row["max"]) if table["na"] == "full" else Fraction(0)
    return half_away(by_formula(row, score["figures"], ratios), table["decimals"])


def sheet_of(table, member, members):
    points = {}
    for row in leaf_rows(table):
        ratios = [
            Fraction(other["scores"][row["code"]]["figures"]["actual"])
            / Fraction(other["scores"][row["code"]]["figures"]["target"])
            for other in members
            if row["method"] == "RELATIVE"
            and other["submitted"]
            and not other["scores"][row["code"]]["figures"].get("not_applicable")
        ]
        points[row["code"]] = points_of(table, row, member["scores"][row["code"]], ratios)
    children = {
        row["code"]: [child["code"] for child in table["rows"] if child["parent"] == row["code"]]
        for row in table["rows"]
    }

    def summed(code):
        return points[code] if code in points else sum((summed(child) for child in children[code]), Fraction(0))

    base_rows = [row for row in leaf_rows(table) if row["kind"] == "base"]
    base = sum((points[row["code"]] for row in base_rows), Fraction(0))
    if table["na"] == "exclude":
        staying = [row for row in base_rows if not is_away(member["scores"][row["code"]])]
        full, here = sum(Fraction(row["max"]) for row in base_rows), sum(Fraction(row["max"]) for row in staying)
        base = half_away(base * full / here, table["decimals"]) if here else Fraction(0)
    bonus = sum((points[row["code"]] for row in leaf_rows(table) if row["kind"] == "bonus"), Fraction(0))
    if table["bonus_cap"] is not None and bonus > Fraction(table["bonus_cap"]):
        bonus = Fraction(table["bonus_cap"])
    deduction = sum((points[row["code"]] for row in leaf_rows(table) if row["kind"] == "deduction"), Fraction(0))
    return {
        "rows": {row["code"]: summed(row["code"]) for row in table["rows"]},
        "base": base,
        "bonus": bonus,
        "deduction": deduction,
        "total": base + bonus - deduction,
    }


def better(table, one, other):
    """Compare two sheets: 1, 0 or -1, the total first, then key by key."""
    kinds = {row["code"]: row["kind"] for row in table["rows"]}
    for key in ["total", *table["tie_breaks"]]:
        mine = one[key] if key in one and key != "rows" else one["rows"][key]
        yours = other[key] if key in other and key != "rows" else other["rows"][key]
        if mine != yours:
            up = 1 if mine > yours else -1
            return -up if key == "deduction" or kinds.get(key) == "deduction" else up
    return 0


def graded(table, total):
    found = None
    for name, threshold in sorted(table["grades"], key=lambda pair: Fraction(pair[1])):
        if found is None or total >= Fraction(threshold):
            found = name
    return found


def standings(table, members):
    """Return the lines of the standings as the JSON of the command has them (without name and layer)."""
    decimals = table["decimals"]
    tops = [row["code"] for row in table["rows"] if not row["parent"]]
    sheets = {member["unit"]: sheet_of(table, member, members) for member in members if member["submitted"]}
    waiting = [member["unit"] for member in members if not member["submitted"]]
    shaky = bool(waiting) and any(row["method"] == "RELATIVE" for row in leaf_rows(table))
    lines = []
    for unit, sheet in sheets.items():
        beaten_by = sum(better(table, other, sheet) > 0 for other in sheets.values())
        lines.append(
            {
                "unit": unit,
                "groups": {code: written(sheet["rows"][code], decimals) for code in tops},
                **{key: written(sheet[key], decimals) for key in ("base", "bonus", "deduction", "total")},
                "rank": beaten_by + 1,
                "shared": sum(better(table, other, sheet) == 0 for other in sheets.values()) > 1,
                "grade": graded(table, sheet["total"]),
                "provisional": shaky,
            }
        )
    lines.sort(key=lambda line: line["rank"])
    empty = {
        "base": None,
        "bonus": None,
        "deduction": None,
        "total": None,
        "rank": None,
        "shared": False,
        "grade": None,
    }
    return lines + [{"unit": unit, "groups": dict.fromkeys(tops), **empty, "provisional": True} for unit in waiting]
