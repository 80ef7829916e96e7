"""Draws docs/images/rooms.svg from the import graph: `python -m docs.make_rooms`. Needs the development tools.

Rooms stand on the floors of the contracts in pyproject.toml; a line is drawn where a module of one room imports one
of another, thicker the more modules do.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter

import grimp
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from models.config.settings import ROOT

PICTURE = ROOT / "docs" / "images" / "rooms.svg"
PACKAGES = ("dashboard", "etl", "models")
Spot = tuple[float, float]


def floors(package: str) -> list[list[str]]:
    """The layers of a package as its contract tells them, from the top down."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(item for item in settings["contracts"] if item.get("containers") == [package])
    return [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]


def arrows() -> Counter[tuple[str, str]]:
    """How many imports run from one room to another, by (importer, imported)."""
    graph = grimp.build_graph(*PACKAGES)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            ends = (room_of(module), room_of(imported))
            if ends[0] != ends[1]:
                found[ends] += 1
    return found


def room_of(module: str) -> str:
    """The package and the room of a module: "dashboard.web"."""
    return ".".join(module.split(".")[:2])


def places() -> dict[str, Spot]:
    """Where each room stands, one unit a floor; models lie under dashboard (left) and etl (right)."""
    depth = {package: len(floors(package)) for package in PACKAGES}
    base = depth["models"] + 1.0
    spots: dict[str, Spot] = {}
    for package, left, bottom in (("models", 5.0, 0.0), ("dashboard", 0.0, base), ("etl", 10.5, base)):
        for floor, rooms in enumerate(reversed(floors(package))):
            for index, room in enumerate(rooms):
                spots[f"{package}.{room}"] = (left + (index - (len(rooms) - 1) / 2) * 2.5 + 3, bottom + floor)
    return spots


def draw(axes: Axes, spots: dict[str, Spot], lines: Counter[tuple[str, str]]) -> None:
    """Lines first, rooms over them."""
    for (above, below), count in lines.items():
        if above in spots and below in spots:
            (x1, y1), (x2, y2) = spots[above], spots[below]
            axes.plot([x1, x2], [y1, y2], color="#7a8794", linewidth=0.3 + min(count, 60) / 30, alpha=0.35, zorder=1)
    for room, (x, y) in spots.items():
        style = {"boxstyle": "round,pad=0.35", "facecolor": "#eef4f8", "edgecolor": "#1f5673"}
        axes.text(x, y, room, ha="center", va="center", fontsize=8, bbox=style, zorder=2)


def main() -> int:
    """Write the picture; the same graph gives the same bytes."""
    plt.rcParams.update({"svg.hashsalt": "rooms", "svg.fonttype": "none"})
    figure = Figure(figsize=(14, 9))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    draw(axes, places(), arrows())
    axes.set_axis_off()
    figure.savefig(PICTURE, metadata={"Date": None})
    return 0


if __name__ == "__main__":
    sys.exit(main())
