"""How the parts of the digit network are asked. Ships to students."""

import math
import tracemalloc
from collections.abc import Callable
from copy import copy
from random import Random
from time import process_time
from typing import Any

from autograder.beside.compare import flat, plain, shape
from autograder.probes import call, copied, given


def stepped(made: Callable, inputs: dict) -> list:
    """What an object made with ``inputs["made"]`` gives in each of ``inputs["steps"]``; or what it then holds.

    With ``inputs["look"]`` the attribute of that name is read after each step instead. ``inputs["set"]`` are attributes
    that are set before the step of a number, as the network does.
    """
    thing = made(*(math.inf if value == "inf" else given(value) for value in inputs["made"]))
    rows = []
    for number, step in enumerate(inputs["steps"]):
        if number == len(inputs["steps"]) // 2:
            thing = copied(thing)
        for name, value in inputs.get("set", {}).get(str(number), {}).items():
            setattr(thing, name, given(value))
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

    ``inputs["part"]``: "counts" of the spikes of each row; "heights", of each row the smallest and largest value
    besides 0, and how many pixels it has; or "spikes", for each row the brightness and how much pixels go together with
    themselves in the next step, the next pixel, and the next row, in standard deviations of pixels that do not.
    """
    import numpy

    values = numpy.array(answer, dtype=float)
    part, image = inputs["part"], (len(inputs["values"]), inputs["pixels"])
    if values.shape != (inputs["n_steps"], *image):
        raise ValueError(f"shape {values.shape[1:]} came back for an image of shape {image}")
    if part == "heights":
        found = [(row[row != 0], row.shape[1]) for row in values.swapaxes(0, 1)]
        return [[*((row.min(), row.max()) if len(row) else (0, 0)), pixels] for row, pixels in found]
    counts = (values > 0).sum(axis=(0, 2))
    return counts.tolist() if part == "counts" else [counts.tolist(), *map(float, _together(values > 0))]


def _together(spikes: Any) -> list:
    """How much spikes go together along steps, pixels and rows; nan where all pixels of an image do the same."""
    import numpy

    away = spikes - spikes.mean(axis=(0, 2), keepdims=True)
    spread = numpy.broadcast_to((away**2).mean(axis=(0, 2), keepdims=True), away.shape)
    found = []
    for axis in (0, 2, 1):
        before, after = range(spikes.shape[axis] - 1), range(1, spikes.shape[axis])
        both, size = (numpy.take(of, before, axis) * numpy.take(of, after, axis) for of in (away, spread))
        found.append(both.sum() / size.sum() ** 0.5 if size.any() else math.nan)
    return found


CHANCE = 5.7
"""Standard deviations that a right answer may be off.

How often a right one is refused nevertheless, ``autograder.proving.chance`` computes, and how often one 10 % off is.
"""


def as_often_as_asked(inputs: dict, answer: Any) -> str:
    """Whether the spikes of each row are as many as its brightness asks for, but for chance."""
    trials = inputs["pixels"] * inputs["n_steps"]
    for value, count in zip(inputs["values"], _numbers(answer, len(inputs["values"])), strict=True):
        chance = value / inputs["max_value"] * inputs["max_rate"] * inputs["dt"]
        spread = CHANCE * math.sqrt(trials * chance * (1 - chance))
        if not abs(count - trials * chance) <= spread:
            return (
                f"brightness {value:g} of {inputs['max_value']:g}: {count:g} spikes in {trials} draws, "
                f"expected {trials * chance:.0f} ± {spread:.0f}"
            )
    return ""


def each_for_itself(inputs: dict, answer: Any) -> str:
    """Whether pixels know nothing of each other, nor of the step before, whatever their rates are."""
    _, *found = answer
    for far, what in zip(
        found, ("from one step to the next", "in neighbouring pixels", "in neighbouring rows"), strict=True
    ):
        if not math.isfinite(float(far)):
            return "all pixels do the same in every step: nothing is drawn"
        if abs(far) > CHANCE:
            return f"spikes go together {what}: {abs(far):.0f} standard deviations more than by chance"
    return ""


def of_area_one(inputs: dict, answer: Any) -> str:
    """Whether every spike is 1 / dt high."""
    for low, high, _ in answer:
        for height in (low, high):
            if height and not abs(height * inputs["dt"] - 1) < 1e-4:
                return f"a spike of height {height:g} came back, expected 1 / dt = {1 / inputs['dt']:g}"
    return "" if any(high for _, high, _ in answer) else "no spike came back"


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
        return copy(given({"array": fired}))  # theirs to change


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


def reached(function: Callable, inputs: dict) -> Any:
    """What arrives at each neuron; of ``inputs["many"]`` besides how many bytes and seconds that takes."""
    if "many" not in inputs:
        return call(function, inputs)
    spikes = [float(number) for number in Random(inputs["seed"]).choices(range(4), k=inputs["many"])]
    function(given([1.0, 2.0, 3.0]))  # what is imported or compiled at the first call is no cost of a neuron
    tracing = tracemalloc.is_tracing()
    seconds = math.inf
    for _ in range(2):
        one, begun = given(spikes), process_time()
        came = function(one)
        seconds = min(seconds, process_time() - begun)
    tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    function(given(spikes))
    taken = tracemalloc.get_traced_memory()[1] - before
    if not tracing:
        tracemalloc.stop()
    return [plain(came), taken, seconds]


def cost(inputs: dict, answer: Any) -> Any:
    """A measure: what arrived; of many neurons its sum and ends, and whether it took the memory or time of a matrix."""
    if "many" not in inputs:
        return answer
    came, taken, seconds = answer
    numbers = _numbers(came, inputs["many"])
    return [[sum(numbers), numbers[0], numbers[-1]], taken > inputs["many"] ** 2 / 4, seconds > 0.03]


def grows_like_n(inputs: dict, answer: Any) -> str:
    """Whether the right numbers came, without a matrix and without a loop for each neuron over all."""
    (total, first, last), matrix, loops = answer
    spikes = Random(inputs["seed"]).choices(range(4), k=inputs["many"])
    expected = sum(spikes) * (len(spikes) - 1), sum(spikes) - spikes[0], sum(spikes) - spikes[-1]
    if not all(
        abs(one - other) <= 1e-5 * abs(other) for one, other in zip((total, first, last), expected, strict=True)
    ):
        return f"{first:g} arrived at the first neuron, expected {expected[1]}"
    if matrix or loops:
        return f"it takes the {'memory' if matrix else 'time'} of {len(spikes)} x {len(spikes)} numbers"
    return ""
