"""How rounding that lets the gradient through is asked, and when a delay may rest.

Ships to students; torch is imported only to ask.
"""

import math
from collections.abc import Callable
from typing import Any

from autograder.beside.compare import ABSOLUTE_TOLERANCE, flat, shape


def through(function: Callable, inputs: dict) -> Any:
    """What ``function`` makes of ``inputs["delays"]``, or the gradient that reaches them, for an upstream gradient.

    ``inputs["part"]`` is "forward" or "backward". Where no gradient comes through it is 0.
    """
    import torch

    delays = torch.tensor(inputs["delays"], dtype=torch.float64, requires_grad=True)
    moved = function(delays, inputs["limit"])
    if not isinstance(moved, torch.Tensor):
        raise TypeError(f"a torch tensor is asked for, and a {type(moved).__name__} came back")
    if inputs["part"] == "forward":
        return moved.detach().tolist()
    if moved.requires_grad:
        moved.backward(torch.tensor(inputs["upstream"], dtype=moved.dtype))
    return [0.0] * len(inputs["delays"]) if delays.grad is None else delays.grad.tolist()


def arrives(inputs: dict, answer: Any) -> str:
    """Whether the gradient from upstream reaches each delay as it is."""
    found, upstream = flat(answer), inputs["upstream"]
    if shape(answer) != (len(upstream),):
        raise ValueError("not a gradient for each delay")
    if not any(found):
        return "no gradient comes back: it is 0 everywhere"
    for delay, one, other in zip(inputs["delays"], found, upstream, strict=True):
        if not abs(one - other) <= 1e-4:
            return f"the gradient of the delay {delay:g} is {one:.6g}, expected {other:g}"
    return ""


def rests_where_balanced(inputs: dict, answer: Any) -> str:
    """Whether a delay stays as it is where each spike that comes early has one that comes late, and only there."""
    (change,) = flat([answer])
    if not math.isfinite(change):
        raise ValueError("no number")
    first, second = (inputs[name]["array"] for name in ("first", "second"))
    early = sorted(one - other for one in first for other in second)
    balanced = all(abs(one + other) < ABSOLUTE_TOLERANCE for one, other in zip(early, reversed(early), strict=True))
    rests = abs(change) <= ABSOLUTE_TOLERANCE
    if balanced:
        return "" if rests else f"{change:.6g} came back, expected 0"
    return "0 came back, but early and late are not balanced" if rests else ""
