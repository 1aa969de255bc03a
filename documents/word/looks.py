"""How a paragraph of a paper looks in Word: the rules of static/css/paper.css for the same classes (Decree 30/2020)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

UPRIGHT, BROAD = 165, 252  # millimetres between the margins
TABLE_SIZES = {"loose": 10.0, "medium": 8.5, "dense": 7.5, "pledge": 10.0, "sheet-lines": 10.0, "ballot": 13.0}
MEMBER_WIDTHS = {"loose": 16.0, "medium": 11.0, "dense": 8.4, "pledge": 14.5}
NAMED_WIDTHS = {"code": 12.0, "max": 14.0}


@dataclass(frozen=True)
class Look:
    """Sizes in points, `indent` of the first line and `room` in millimetres; `rule` is a line of that length under it."""

    align: str = "both"
    indent: float = 12.7
    before: float = 6
    size: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    keep: bool = False
    room: float = 0
    rule: float = 0
    dots: bool = False
    page: bool = False


_PLAIN = {"indent": 0, "before": 0}
_CLASSES: dict[str, dict[str, Any]] = {
    "mid": {"align": "center", "indent": 0},
    "ttl": {"align": "center", "indent": 0, "before": 0, "bold": True, "keep": True},
    "first": {"before": 18, "caps": True},
    "last": {"rule": 45},
    "bare": {"rule": 0},
    "u": {"caps": True},
    "dr": {"bold": True, "before": 14},
    "demo": {"italic": True},
    "keep": {"keep": True},
    "roman": {"bold": True, "caps": True, "keep": True, "before": 9, "align": "left"},
    "arabic": {"bold": True, "keep": True},
    "ground": {"italic": True},
    "dots": {"dots": True, "indent": 0},
    "small": {"size": 11, "align": "left", "indent": 0, "before": 4},
    "layer": {"size": 12, "keep": True, "before": 6},
    "with": {"size": 13, "italic": True, "align": "center", "indent": 0, "before": 2},
    "digest": {"size": 10, "align": "left", "indent": 0},
    "name": {"size": 13.5, "caps": True},
    "own": {"size": 13},
}
_PLACES: dict[str, dict[str, Any]] = {
    "hd": {**_PLAIN, "align": "center", "size": 12},
    "sign": {**_PLAIN, "align": "center", "bold": True, "keep": True},
    "boxes": {**_PLAIN, "align": "center", "bold": True, "size": 13, "keep": True},
    "to": {**_PLAIN, "align": "left"},
    "to-whom": {**_PLAIN, "align": "left", "bold": False, "size": 11},
    "annex": {},
    "tail": {"keep": True},
}
_IN_PLACE: dict[tuple[str, str], dict[str, Any]] = {
    ("hd", "w"): {"size": 13},
    ("hd", "ln"): {"rule": 26},
    ("hd", "no"): {"size": 13, "before": 3},
    ("hd", "day"): {"size": 13, "before": 3, "italic": True},
    ("hd", "about"): {"before": 4},
    ("sign", "room"): {"room": 24},
    ("sign", "note"): {"size": 11, "bold": False, "italic": True, "before": 14},
    ("boxes", "room"): {"room": 22},
    ("boxes", "note"): {"size": 11, "bold": False, "italic": True, "before": 12},
    ("boxes", "agency"): {"size": 12, "caps": True},
    ("to-whom", "for"): {"size": 12, "bold": True, "italic": True},
}


def look_of(places: tuple[str, ...], classes: tuple[str, ...]) -> Look:
    """The look of a paragraph with these classes inside elements with these, the outermost first."""
    look = Look()
    for place in places:
        look = replace(look, **_PLACES.get(place, {}))
    for name in classes:
        look = replace(look, **_CLASSES.get(name, {}))
    for place in places:
        for name in classes:
            look = replace(look, **_IN_PLACE.get((place, name), {}))
    if "hd" in places and {"ln", "w"} <= set(classes):
        look = replace(look, rule=57)
    return look
