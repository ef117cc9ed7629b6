"""How a slider is moved, and what it draws, without a front end."""

from collections.abc import Callable
from typing import Any


def moved(tau_slider: Callable, inputs: dict) -> list[list]:
    """What the slider draws, from ``inputs["start"]`` on, at each of ``inputs["moves"]``: a property set on it.

    What it draws as it is made, or moved to its start, does not count. A number that is drawn stands for itself; the
    change that ipywidgets reports in its place, or anything else, is named.
    """
    drawn: list[Any] = []

    def draw(tau: Any) -> None:
        drawn.append(tau)

    control = _control(tau_slider(draw))
    control.value = inputs["start"]
    log = []
    for name, value in inputs["moves"]:
        drawn.clear()
        setattr(control, name, value)
        log.append([_in_plain(tau) for tau in drawn])
    return log


def redrawn(inputs: dict, answer: Any) -> list:
    """A measure: all that was drawn; or, where ``inputs["part"]`` is "when", whether something was at each move."""
    if inputs["part"] == "when":
        return [int(bool(drawn)) for drawn in answer]
    return [tau for drawn in answer for tau in drawn]


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


def _in_plain(drawn: Any) -> Any:
    if isinstance(drawn, dict) and "new" in drawn:
        return "the whole change"
    return drawn if _is_number(drawn) else f"a {type(drawn).__name__}"
