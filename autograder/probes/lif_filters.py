"""How the exercises on LIF filters are asked, and what a band-pass must hold to. Ships to students."""

import cmath
import math
import sys
from collections.abc import Callable
from typing import Any

from autograder.beside.compare import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE, flat, shape
from autograder.probes import given

SETTLING = 200
"""Steps after which a response has forgotten its start."""
BEFORE = 30
"""Steps in which nothing flows in."""


def gain_of_known(function: Callable, inputs: dict) -> Any:
    """What ``function`` measures of a multiple of a moving average, which has an offset and a start it forgets.

    It is no neuron, but nobody needs to look inside to measure it.
    """
    window, scale, offset, start = (inputs[name] for name in ("window", "scale", "offset", "start"))

    def neuron(signal: Any) -> Any:
        values = [float(value) for value in signal]
        response, running = [], 0.0
        for n, value in enumerate(values):
            running += value - (values[n - window] if n >= window else 0.0)
            response.append(scale * running / window + offset + start * 0.99**n)
        return _like(signal, response)

    return function(neuron, inputs["frequency"])


def fires(function: Callable, inputs: dict) -> Any:
    """What a neuron answers to a current; a threshold of None, which can be written down, is infinity."""
    current, tau, threshold = (given(value) for value in inputs.values())
    return function(current, tau, math.inf if threshold is None else threshold)


def filtered(function: Callable, inputs: dict) -> list:
    """What a filter makes of a sine of ``inputs["size"]`` at each of ``inputs["frequencies"]``; at 0, of a step."""
    size = inputs["size"]
    waves = ([size * turn.imag for turn in turns(one)] if one else late(size) for one in inputs["frequencies"])
    return [function(given({"array": wave}), inputs["low"], inputs["high"]) for wave in waves]


def lets_through(inputs: dict, answer: Any) -> str:
    """Of the responses far below a band, at its lower edge, in its middle, at its upper edge and far above: whether the
    three inside are large."""
    _, low, middle, high, _ = _numbers(answer)
    if middle < 0.4:
        return f"in the middle of the band only {middle:.0%} of the signal comes through"
    for where, gain in (("lower", low), ("upper", high)):
        if gain < 0.6 * middle:
            return f"at the {where} edge of the band {gain:.0%} comes through, in its middle {middle:.0%}"
    return ""


def holds_back_slow(inputs: dict, answer: Any) -> str:
    """Of the same five responses: whether the one far below the band is at most a third of the one in its middle."""
    below, _, middle, _, _ = _numbers(answer)
    return _held_back("an eighth of the lower edge", below, middle)


def holds_back_fast(inputs: dict, answer: Any) -> str:
    """Of the same five responses: whether the one far above the band is at most a third of the one in its middle."""
    _, _, middle, _, above = _numbers(answer)
    return _held_back("eight times the upper edge", above, middle)


def silent_below(inputs: dict, answer: Any) -> str:
    """Whether a rate is 0 for a current up to the threshold, and anything else for one above it."""
    (rate,) = _numbers([answer])
    if inputs["current"] <= inputs["threshold"]:
        return "" if abs(rate) <= ABSOLUTE_TOLERANCE else f"{rate:.6g} came back, expected 0"
    return "" if rate else "0 came back, but the current is above the threshold"


def whole_only_where_constant(inputs: dict, answer: Any) -> str:
    """Whether a gain is 1 for a current that is constant, and anything else for one that swings."""
    (gain,) = _numbers([answer])
    whole = abs(gain - 1) <= RELATIVE_TOLERANCE
    if not inputs["frequency"]:
        return "" if whole else f"{gain:.6g} came back, expected 1"
    return "1 came back, but the current swings" if whole else ""


def _held_back(where: str, outside: float, middle: float) -> str:
    if middle < 0.1:
        return "next to nothing comes through, not even in the middle of the band"
    if outside <= middle / 3:
        return ""
    return f"at {where} {outside:.0%} of the signal comes through, in the middle of the band {middle:.0%}"


def goes_along(inputs: dict, answer: Any) -> str:
    """Whether a response in the middle of a band goes up when the signal does, and that before any there is none."""
    (together,) = _numbers([answer])
    if inputs.get("frequencies") == [0]:
        fault = f"up to {together:.3g} came back before anything flowed in: a membrane begins at rest in each call"
        return "" if together <= 1e-5 * inputs["size"] else fault
    return "" if together > 0.3 else "the response does not go up and down with the signal"


def _numbers(answer: Any) -> list[float]:
    numbers = flat(answer)
    if shape(answer) is None or not all(math.isfinite(number) for number in numbers):
        raise ValueError("no numbers")
    return numbers


def turns(frequency: float) -> list[complex]:
    """A sine, and beside it its cosine: some steps to settle, and then a whole number of cycles in 300 more or so."""
    cycles = max(1, round(300 * frequency))
    steps = round(cycles / frequency)
    return [cmath.exp(2j * math.pi * cycles * n / steps) for n in range(SETTLING + steps)]


def late(size: float) -> list[float]:
    """A current that is switched on after ``BEFORE`` steps."""
    return [0.0] * BEFORE + [size] * 20


def _like(signal: Any, values: list[float]) -> Any:
    """``values`` in the kind of container that ``signal`` is."""
    if hasattr(signal, "new_tensor"):
        return signal.new_tensor(values)
    if isinstance(signal, (list, tuple)):
        return values
    return sys.modules["numpy"].array(values)
