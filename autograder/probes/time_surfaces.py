"""How a slider is moved, and what it draws, without a front end."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any


def moved(tau_slider: Callable, inputs: dict) -> list[list]:
    """What the slider draws, from ``inputs["start"]`` on, at each of ``inputs["moves"]``: a property set on it.

    A move "by hand" ends at the nearest place that the slider has, as it does on a screen. What it draws as it is made,
    or moved to its start, does not count. A number that is drawn stands for itself; the change that ipywidgets reports
    in its place, or anything else, is named.
    """
    drawn: list[Any] = []

    def draw(tau: Any) -> None:
        drawn.append(tau)

    log = []
    with _closed_afterwards():
        control = _control(tau_slider(draw))
        control.value = inputs["start"]
        for name, value in inputs["moves"]:
            drawn.clear()
            if name == "by hand":
                _move(control, value)
            else:
                setattr(control, name, value)
            log.append([_in_plain(tau) for tau in drawn])
    return log


def redrawn(inputs: dict, answer: Any) -> list:
    """A measure: all that was drawn; where ``inputs["part"]`` is "beyond" only what is no whole number from 2 to 100;
    where it is "when", for each move its number, counted from 1, or 0 if nothing was drawn.
    """
    if inputs["part"] == "when":
        return [n if drawn else 0 for n, drawn in enumerate(answer, start=1)]
    every = [tau for drawn in answer for tau in drawn]
    return [tau for tau in every if not _is_whole(tau)] if inputs["part"] == "beyond" else every


def reaches(inputs: dict, answer: Any) -> str:
    """Whether a slider was at each place that it was moved to, and at none where it should not go."""
    places = [value for _, value in inputs["moves"]]
    if inputs["part"] == "beyond":
        return f"it can be moved to {answer[0]}" if answer else ""
    for place, tau in zip(places, [*answer, *["nothing"] * len(places)], strict=False):
        if tau != place:
            return f"it was moved to {place}, and {tau} was drawn"
    return "" if len(answer) == len(places) else "it draws more than once at a move"


def draws_when_moved(inputs: dict, answer: Any) -> str:
    """Whether something was drawn at each change of the value, and at no change of another property."""
    for (name, value), drawn in zip(inputs["moves"], answer, strict=True):
        if name == "value" and not drawn:
            return f"it was moved to {value}, and nothing was drawn"
        if name != "value" and drawn:
            return f"it draws when its {name} is changed"
    return ""


@contextlib.contextmanager
def _closed_afterwards() -> Iterator[None]:
    """Close the widgets that are made meanwhile: ipywidgets would keep them for as long as the process lives."""
    from ipywidgets import Widget

    made: list[Any] = []
    Widget.on_widget_constructed(made.append)
    try:
        yield
    finally:
        Widget.on_widget_constructed(None)
        for widget in made:
            widget.close()


def _move(control: Any, value: float) -> None:
    """Move a slider by hand: where it has ends and steps it stops at one; what it refuses does not move it."""
    low, high, step = (getattr(control, name, None) for name in ("min", "max", "step"))
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and isinstance(step, (int, float)) and step > 0:
        steps = round((min(max(value, low), high) - low) / step)
        value = round(low + (steps if low + steps * step <= high else steps - 1) * step, 9)
    with contextlib.suppress(sys.modules["traitlets"].TraitError):
        control.value = value


def _control(widget: Any) -> Any:
    """The first widget with a number in it: the one that came back, or one within it."""
    if widget is None:
        raise TypeError("nothing came back (None): return the slider")
    waiting = [widget]
    while waiting:
        one = waiting.pop(0)
        if hasattr(one, "observe") and _is_number(getattr(one, "value", None)):
            return one
        waiting += getattr(one, "children", ())
    raise TypeError(f"a {type(widget).__name__} came back, with no slider in it")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(tau: Any) -> bool:
    return _is_number(tau) and tau == round(tau) and 2 <= tau <= 100


def _in_plain(drawn: Any) -> Any:
    if isinstance(drawn, dict) and "new" in drawn:
        return "the whole change"
    return drawn if _is_number(drawn) else f"a {type(drawn).__name__}"
