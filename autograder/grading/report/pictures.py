"""The pictures of the report, as SVG that stands in the page: drawn on white, so that they read alike in the dark."""

import io
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from autograder.grading.report.results import MARKED, NO_GRADE, NOT_TRIED, TO_BE_MARKED, TO_SEE, Row
from autograder.grading.report.statistics import Item

KINDS = {
    "passed": ("#009E73", ("passed", MARKED)),
    "partly": ("#E69F00", ("partly",)),
    "wrong": ("#D55E00", ("wrong",)),
    "did not run": ("#CC79A7", ("raised", "timed out", "crashed", "out of memory", "too much output")),
    "to be marked": ("#56B4E9", (TO_BE_MARKED, TO_SEE)),
    "not tried": ("#999999", NOT_TRIED),
    "not graded": ("#333333", NO_GRADE),
}
"""How an exercise ends, in a few kinds: the colour, and the statuses. Okabe and Ito's colours: apart for everybody."""
BLUE = "#0072B2"
MOST_BARS = 12

_STYLE: dict[Any, Any] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "font.family": "sans-serif",
    "font.size": 11.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "learning-to-spike",  # the same picture is the same text each time
    "text.parse_math": False,
}
_WIDTH = 6.4
"""Inches: narrow, so that labels can still be read on a phone."""
_ROW = 0.42
_NOTHING_SAID = {"Creator": None, "Date": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Picture:
    """An SVG, what it shows in words for whoever does not see it, and the line below it."""

    svg: str
    alt: str
    caption: str


def shade(status: str) -> str:
    """The colour of a status."""
    return KINDS[kind_of(status)][0]


def of_points(totals: Sequence[float], full: float) -> Picture:
    """How many students have how many of the ``full`` points."""
    step = max(1, math.ceil(full / 10))
    edges = np.arange(0, full + step, step)
    counts, _ = np.histogram(np.clip(totals, 0, full), edges)

    def draw(axes: Axes) -> None:
        axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=BLUE, edgecolor="white")
        axes.vlines(np.median(totals), 0, counts.max() * 1.05, "black", "--")
        axes.text(float(np.median(totals)), counts.max() * 1.06, "median", ha="center", va="bottom")
        axes.set_xticks(edges, [f"{edge:g}" for edge in edges])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(xlabel=f"points of {full:g}", ylabel="students", ylim=(0, counts.max() * 1.2))

    said = f"median {np.median(totals):g}, mean {np.mean(totals):.1f} of {full:g} points"
    bars = ", ".join(f"{count} from {low:g} on" for count, low in zip(counts, edges[:-1], strict=True) if count)
    caption = f"Points of the class: {said}, where an essay that nobody has marked yet counts as nothing"
    return _drawn(draw, 2.8, f"Bars, students by their points: {bars}; {said}", caption)


def of_endings(found: Sequence[Row], names: Sequence[str]) -> Picture:
    """How each exercise and essay ended, in how many students' hands."""
    counts = {name: Counter(kind_of(row.status) for row in found if row.exercise == name) for name in names}

    def draw(axes: Axes) -> None:
        left = np.zeros(len(names))
        for kind, (colour, _) in KINDS.items():
            widths = np.array([counts[name][kind] for name in names])
            if widths.any():
                bars = axes.barh(range(len(names)), widths, 0.7, left, color=colour, edgecolor="white", label=kind)
                dark = kind in ("not graded", "passed", "wrong")
                labels = [str(width) if width else "" for width in widths]
                axes.bar_label(bars, labels, label_type="center", color="white" if dark else "black")
                left += widths
        _rows(axes, names)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("students")
        axes.figure.legend(loc="outside upper left", ncols=4, frameon=False, handlelength=1)

    each = {name: ", ".join(f"{count} {kind}" for kind, count in counts[name].items()) for name in names}
    words = "; ".join(f"{name}: {said}" for name, said in each.items())
    return _drawn(draw, 1.5 + _ROW * len(names), f"Bars, how each exercise ended. {words}", "How each exercise ended")


def of_items(items: Sequence[Item]) -> Picture:
    """How hard each exercise is, and how well it separates strong from weak students."""
    names = [item.name for item in items]
    panels = (
        ("mean share of points (difficulty)", (0, 1), [item.difficulty for item in items]),
        ("correlation with the rest (discrimination)", (-1, 1), [item.discrimination for item in items]),
    )

    def draw(*both: Axes) -> None:
        for axes, (label, limits, values) in zip(both, panels, strict=True):
            for place, value in enumerate(values):
                axes.barh(place, value or 0, 0.6, color=BLUE)
                text = "not known" if value is None else f"{value:.0%}" if limits[0] == 0 else f"{value:.2f}"
                _beside(axes, max(value or 0, 0), place, text)
            axes.axvline(0, color="black", linewidth=1)
            _rows(axes, names)
            axes.set(xlabel=label, xlim=limits, xticks=np.linspace(*limits, 5))
        both[0].xaxis.set_major_formatter(PercentFormatter(1))

    words = "; ".join(
        f"{item.name}: share of points {in_words(item.difficulty, '.0%')}, correlation {in_words(item.discrimination)}"
        for item in items
    )
    caption = "How hard each exercise is (above), and whether who does well in the rest does well in it (below)"
    return _drawn(draw, 1.2 + 2 * _ROW * len(names), f"Two rows of bars. {words}", caption, panels=2)


def of_misreadings(counts: Sequence[tuple[str, int]]) -> Picture:
    """How many students each misconception has, the most frequent first."""
    shown = counts[:MOST_BARS]

    def draw(axes: Axes) -> None:
        axes.barh(range(len(shown)), [count for _, count in shown], 0.35, color=KINDS["wrong"][0])
        for place, (name, _) in enumerate(shown):
            _beside(axes, 0, place - 0.45, name)
        axes.set_ylim(len(shown) - 0.5, -0.9)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("students")

    words = "; ".join(f"{name}: {count}" for name, count in shown)
    caption = "Misconceptions by count"
    caption += f", the {len(shown)} most frequent of {len(counts)}" if shown != counts else ""
    return _drawn(draw, 0.9 + 1.2 * _ROW * len(shown), f"Bars, students with each misconception. {words}", caption)


def kind_of(status: str) -> str:
    """In which of :data:`KINDS` a status is."""
    return next((kind for kind, (_, statuses) in KINDS.items() if status in statuses), "did not run")


def in_words(value: float | None, form: str = ".2f") -> str:
    """A number of the report, or that it is not known."""
    return "not known" if value is None else format(value, form)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)


def _beside(axes: Axes, x: float, y: float, text: str) -> None:
    axes.annotate(text, (x, y), (4, 0), textcoords="offset points", va="center")


def _drawn(draw: Callable[..., None], height: float, alt: str, caption: str, panels: int = 1) -> Picture:
    text = io.StringIO()
    with matplotlib.rc_context(_STYLE):
        figure = Figure((_WIDTH, height))
        draw(*figure.subplots(panels, 1, squeeze=False).flat)
        figure.savefig(text, format="svg", metadata=_NOTHING_SAID)
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"| id="\w+_\d+"', "", svg)  # HTML needs no names of namespaces
    return Picture(svg, alt, caption)
