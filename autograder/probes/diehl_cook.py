"""How the parts of the digit network are asked. Ships to students."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from autograder.beside.compare import flat, plain, shape
from autograder.probes import copied, given


def stepped(made: Callable, inputs: dict) -> list:
    """What an object made with ``inputs["made"]`` gives in each of ``inputs["steps"]``; or what it then holds.

    With ``inputs["look"]`` the attribute of that name is read after each step instead.
    """
    thing = made(*(given(value) for value in inputs["made"]))
    rows = []
    for number, step in enumerate(inputs["steps"]):
        if number == len(inputs["steps"]) // 2:
            thing = copied(thing)
        row = thing.step(*(given(part) for part in step))
        rows.append(plain(getattr(thing, inputs["look"]) if "look" in inputs else row))
    return rows


def spiked(function: Callable, inputs: dict) -> list:
    """What comes back in each of many steps for an image of a few brightnesses, a row of equal pixels for each."""
    import numpy

    rng = numpy.random.default_rng(inputs["seed"])
    image = numpy.repeat(numpy.array(inputs["values"], dtype=float)[:, None], inputs["pixels"], axis=1)
    rest = inputs["max_rate"], inputs["max_value"], inputs["dt"]
    return [numpy.asarray(function(image.copy(), rng, *rest), dtype=float) for _ in range(inputs["n_steps"])]


def statistics(inputs: dict, answer: Any) -> list:
    """A measure of such spikes.

    ``inputs["part"]``: "counts" of the spikes of each row; "heights", the smallest and largest value besides 0;
    "together", in how many places one row spikes where the next does; or "shape", of what comes back in a step.
    """
    import numpy

    spikes = numpy.array(answer, dtype=float)
    part, image = inputs["part"], (len(inputs["values"]), inputs["pixels"])
    if part == "shape":
        return list(spikes.shape[1:])
    if spikes.shape != (inputs["n_steps"], *image):
        raise ValueError(f"shape {spikes.shape[1:]} came back for an image of shape {image}")
    if part == "counts":
        return (spikes > 0).sum(axis=(0, 2)).tolist()
    if part == "heights":
        found = spikes[spikes != 0]
        return [float(found.min()), float(found.max())] if len(found) else [0.0, 0.0]
    return ((spikes[:, :-1] > 0) & (spikes[:, 1:] > 0)).sum(axis=(0, 2)).tolist()


def as_often_as_asked(inputs: dict, answer: Any) -> str:
    """Whether counts lie within five standard deviations of what is expected.

    With four rows a right answer is refused once in 400,000 times.
    """
    trials = inputs["pixels"] * inputs["n_steps"]
    for value, count in zip(inputs["values"], _numbers(answer, len(inputs["values"])), strict=True):
        chance = value / inputs["max_value"] * inputs["max_rate"] * inputs["dt"]
        if fault := _unlikely(count, trials, chance):
            return f"brightness {value:g} of {inputs['max_value']:g}: {fault}"
    return ""


def each_for_itself(inputs: dict, answer: Any) -> str:
    """Whether neighbouring rows spike together as often as two that know nothing of each other; bounds as above."""
    trials = inputs["pixels"] * inputs["n_steps"]
    chances = [value / inputs["max_value"] * inputs["max_rate"] * inputs["dt"] for value in inputs["values"]]
    for (one, other), count in zip(pairwise(chances), _numbers(answer, len(chances) - 1), strict=True):
        if fault := _unlikely(count, trials, one * other):
            return f"spikes in both of two pixels: {fault}"
    return ""


def _unlikely(count: float, trials: int, chance: float) -> str:
    spread = 5 * math.sqrt(trials * chance * (1 - chance))
    if abs(count - trials * chance) <= spread:
        return ""
    return f"{count:g} in {trials} trials, expected {trials * chance:.0f} ± {spread:.0f}"


def _numbers(answer: Any, how_many: int) -> list[float]:
    if shape(answer) != (how_many,):
        raise ValueError("no row of numbers")
    return flat(answer)


class _Watched:
    """A network that is fresh after a reset, and otherwise not; it writes down how it was used."""

    def __init__(self, pace: list[float]):
        self.pace, self.charge = pace, [0.4] * len(pace)
        self.tries: list = []
        self.steps = 0

    def reset(self) -> None:
        self.charge = [0.0] * len(self.pace)
        self.tries.append([])

    def step(self, image: Any, max_rate: float) -> Any:
        self.steps += 1
        if self.steps > 20_000:
            raise RuntimeError("20,000 steps were shown: does a try ever end?")
        if not self.tries:
            self.tries.append([])
        self.tries[-1].append(float(max_rate))
        fired = []
        for k, pace in enumerate(self.pace):
            self.charge[k] += pace * float(max_rate) * sum(plain(image)) / 1000
            fired.append(1.0 if self.charge[k] >= 1 else 0.0)
            self.charge[k] %= 1
        return given({"array": fired})


def presented(present: Callable, inputs: dict) -> Any:
    """What ``present`` says of one image; or, asked for the tries, the rate of every step of each."""
    network = _Watched(inputs["pace"])
    said = present(network, given(inputs["image"]), inputs["max_rate"], inputs["n_steps"], inputs["enough"])
    return said if inputs["part"] == "counts" else network.tries


def tries(inputs: dict, answer: Any) -> Any:
    """A measure: what was said, or how each try went: steps, first rate, last rate."""
    if inputs["part"] == "counts":
        return answer
    return [[len(rates), rates[0], rates[-1]] for rates in answer if rates]
