"""A small picture of an answer beside what was expected, drawn without matplotlib.

It has to be there at once, and also where the student's code uses no package at all.
"""

import math
from base64 import b64encode
from html import escape
from typing import Any

from autograder.beside.compare import Names, called, difference, flat, shape

WIDTH, HEIGHT = 460, 190
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 30, 40
EXPECTED_COLOUR, ANSWER_COLOUR = "#0072B2", "#D55E00"  # Okabe & Ito: apart for every kind of colour vision

SHORTEST_TRACE = 3
"""A line between two numbers tells no more than the sentence above it."""
FEW_PARTS, LONG_ROW = 3, 6
"""So few rows, each longer than that, are spikes beside voltages rather than two steps of many channels."""
_LARGEST = 1e150
"""Beyond this the range of a picture is no float any more."""


def picture(expected: Any, answer: Any, axes: tuple[str, str], places: Names = ()) -> str:
    """An ``<img>`` with both traces over the first axis, of the channel that differs first; "" if there is no trace.

    Of an answer in several parts the first that differs is drawn. With ``places``, the names of a place along each
    axis, places are counted from 0, as in the sentences of ``difference``. The first place without a number is marked.

    The range shown is that of the expected answer and as much again on either side, and at most twice its length, so
    that an answer that runs away does not flatten it.
    """
    wanted, got, where = _traces(expected, answer, places)
    if len(wanted) < SHORTEST_TRACE or not got or not all(abs(value) < _LARGEST for value in wanted):
        return ""
    in_words = _in_words(wanted, got)
    got = got[: 2 * len(wanted)]
    low, high = min(wanted), max(wanted)
    margin = (high - low) or abs(high) or 1.0
    inside = [value for value in got if math.isfinite(value)]
    low = max(low - margin, min([low, *inside]))
    high = min(high + margin, max([high, *inside]))
    if high == low:
        low, high = low - margin, high + margin
    steps = max(len(wanted), len(got))

    def line(values: list[float]) -> str:
        return " ".join(f"{_x(n, steps):.1f},{_y(v, low, high):.1f}" for n, v in enumerate(values) if math.isfinite(v))

    ticks = "".join(
        f'<text x="{LEFT - 6}" y="{_y(value, low, high) + 4:.1f}" text-anchor="end">{value:.3g}</text>'
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(value, low, high):.1f}" y2="{_y(value, low, high):.1f}" '
        f'stroke="#ccc"/>'
        for value in sorted({low, high} | ({0.0} if low < 0 < high else set()))
    )
    first, last = (0, steps - 1) if places else (1, steps)
    odd = next((n for n, value in enumerate(got) if not math.isfinite(value)), None)
    mark = ""
    if odd is not None:
        x = _x(odd, steps)
        mark = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{ANSWER_COLOUR}"/>'
        mark += f'<text x="{x:.1f}" y="{TOP - 2}" text-anchor="middle" fill="{ANSWER_COLOUR}">{got[odd]}</text>'
        in_words = in_words.replace("yours from", f"yours, {got[odd]} first at {first + odd}, from")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    expected_line = f'fill="none" stroke="{EXPECTED_COLOUR}" stroke-width="5" stroke-opacity=".45"'
    answer_line = f'fill="none" stroke="{ANSWER_COLOUR}" stroke-width="2" stroke-dasharray="6 3"'
    font = 'font-family="sans-serif" font-size="12"'
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {font}>
<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#fff"/>{ticks}
<polyline points="{line(wanted)}" {expected_line}/>
<polyline points="{line(got)}" {answer_line}/>{mark}
<line x1="{LEFT}" x2="{LEFT + 26}" y1="16" y2="16" {expected_line}/>
<text x="{LEFT + 32}" y="20">expected</text>
<line x1="{LEFT + 110}" x2="{LEFT + 136}" y1="16" y2="16" {answer_line}/>
<text x="{LEFT + 142}" y="20">yours</text>
<text x="{LEFT}" y="{HEIGHT - 22}">{first}</text>
<text x="{WIDTH - RIGHT}" y="{HEIGHT - 22}" text-anchor="end">{last}</text>
<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(axes[0] + where)}</text>
<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">{escape(axes[1])}</text>
</svg>"""
    alt = f"{axes[1]} over {axes[0]}{where}: {in_words}"
    source = b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alt, quote=True)}" width="{WIDTH}" src="data:image/svg+xml;base64,{source}">'


def _x(place: int, steps: int) -> float:
    return LEFT + place * (WIDTH - LEFT - RIGHT) / max(steps - 1, 1)


def _y(value: float, low: float, high: float) -> float:
    share = (min(max(value, low), high) - low) / (high - low)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _traces(expected: Any, answer: Any, places: Names) -> tuple[list[float], list[float], str]:
    """The two answers as rows over the first axis, and which part or channel they are if there are several."""
    wanted, got = shape(expected), shape(answer)
    if _in_parts(expected, wanted) and isinstance(answer, list) and len(answer) == len(expected):
        pairs = enumerate(zip(expected, answer, strict=True), 1)
        differing = ((number, pair) for number, pair in pairs if difference(*pair))
        number, pair = next(differing, (1, (expected[0], answer[0])))
        one, other, where = _traces(*pair, places)
        return one, other, f", part {number}{where}"
    if not wanted or got is None:
        return [], [], ""
    if len(wanted) == 2 and wanted[0] > 1 < wanted[1]:
        found = difference(expected, answer)
        channel = found.place % wanted[1] if found and found.place is not None else 0
        row = [_column(part, channel) for part in answer] if len(got) == 2 and got[1] > channel else flat(answer)
        name = called(places[1], channel) if len(places) > 1 else f"channel {channel + 1}"
        return [_column(part, channel) for part in expected], row, f", {name}"
    return flat(expected), flat(answer), ""


def _in_parts(expected: Any, wanted: tuple[int, ...] | None) -> bool:
    """Whether an answer is several things side by side: of different shapes, or a few long rows."""
    if wanted is None:
        return isinstance(expected, list)
    return len(wanted) > 1 and 1 < wanted[0] <= FEW_PARTS and wanted[1] > LONG_ROW


def _column(row: list, channel: int) -> float:
    return flat(row)[channel]


def _in_words(wanted: list[float], got: list[float]) -> str:
    ends = f"expected runs from {wanted[0]:.3g} to {wanted[-1]:.3g} in {len(wanted)} values"
    return f"{ends}, yours from {got[0]:.3g} to {got[-1]:.3g} in {len(got)}"
