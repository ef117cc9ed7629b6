"""A verdict as a student reads it: as HTML in a notebook, as text elsewhere.

The judge puts the same HTML into the feedback.
"""

from html import escape

from autograder.beside.picture import picture
from autograder.beside.verdict import STATUSES, Verdict

_COLOURS = {"passed": "#009E73", "partly": "#E69F00", "not attempted": "#999999"}
_OTHERWISE = "#D55E00"


def headline(verdict: Verdict) -> str:
    """One line: the exercise, its points, and how it ended."""
    return f"{verdict.exercise}: {verdict.points:g} of {verdict.max_points:g} points, {verdict.status}"


def as_text(verdict: Verdict) -> str:
    """The verdict in plain lines."""
    lines = [headline(verdict), *([verdict.message] if verdict.message else [])]
    for criterion in verdict.criteria:
        lines.append(f"  [{'x' if criterion.met else ' '}] {criterion.says} ({criterion.points:g})")
        if criterion.instead and verdict.status != "not attempted":
            lines.append(f"        {criterion.instead}")
    lines += [f"  But {habit}" for habit in verdict.habits]
    if verdict.misconception_says:
        lines.append(f"  This looks like: {verdict.misconception_says}")
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The verdict as one block of HTML that brings its style along and reads in light and dark pages."""
    colour = _COLOURS.get(verdict.status, _OTHERWISE)
    parts = [
        f'<p style="margin:0 0 .4em"><strong>{escape(verdict.exercise)}</strong> &middot; '
        f"{verdict.points:g} of {verdict.max_points:g} points &middot; "
        f'<span style="background:{colour};color:#000;border-radius:4px;padding:.1em .5em">{verdict.status}</span></p>'
    ]
    if verdict.status not in ("passed", "partly", "wrong"):
        reason = escape(verdict.message or STATUSES[verdict.status])
        parts.append(f'<p style="margin:.3em 0">{reason[0].upper()}{reason[1:]}.</p>')
    if verdict.status != "not attempted":
        parts += [_criterion_line(criterion) for criterion in verdict.criteria]
    parts += [f'<p style="margin:.2em 0">&#10007; But {escape(habit)}</p>' for habit in verdict.habits]
    if verdict.misconception_says:
        says = escape(verdict.misconception_says)
        parts.append(
            '<p style="margin:.6em 0;padding:.5em .8em;border-left:4px solid #CC79A7">'
            f"<strong>This looks like a known misreading.</strong> {says}</p>"
        )
    drawn = picture(verdict.expected, verdict.answer, verdict.axes, verdict.places) if verdict.case else ""
    if drawn:
        parts.append(f'<figure style="margin:.6em 0">{drawn}<figcaption>{escape(verdict.case)}</figcaption></figure>')
    if verdict.seed:
        parts.append(
            f'<p style="margin:.3em 0;opacity:.7"><small>Graded on inputs drawn from {verdict.seed}. '
            "They belong to this notebook: a changed one is asked others.</small></p>"
        )
    body = "".join(parts)
    style = f"border:1px solid {colour};border-radius:6px;padding:.7em 1em"
    return f'<div class="verdict tex2jax_ignore" style="{style}">{body}</div>'


def _criterion_line(criterion) -> str:
    mark, word = ("&#10003;", "met") if criterion.met else ("&#10007;", "not met")
    instead = f'<span style="display:block;opacity:.8;margin-left:1.4em">{escape(criterion.instead)}</span>'
    return (
        f'<p style="margin:.2em 0">{mark} {escape(criterion.says[0].upper() + criterion.says[1:])} '
        f'<span style="opacity:.7">({word}, {criterion.points:g})</span>{instead if criterion.instead else ""}</p>'
    )
