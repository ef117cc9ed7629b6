"""The exercises of the chapter on LIF neurons as filters."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
from numpy.typing import ArrayLike

import solutions.lif_filters as lif_filters
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals, shuffled
from autograder.probes import array

CLEAR = 1e-3
"""A random voltage comes no closer to the threshold than this, so that float32 sees the same spikes."""


def _clear_of_threshold(neuron: dict) -> bool:
    """Whether a neuron spikes, and all its voltages, before any reset, are clearly above or below the threshold."""
    current = np.asarray(neuron["input_data"]["array"])
    output, reached = _before_the_reset(current, neuron["tau"], neuron["threshold"])
    return bool(output.any() and np.abs(reached - neuron["threshold"]).min() > CLEAR)


def _before_the_reset(currents: ArrayLike, tau: float, threshold: float) -> lif_filters.Both:
    """The spikes of a neuron, and the voltages of each step before it is reset."""
    output, after = lif_filters.leaky_integrate_and_fire(currents, tau, threshold)
    before = np.concatenate([np.zeros_like(after[:1]), after[:-1]])
    return output, before + (np.asarray(currents, dtype=float) - before) / tau


def _neuron(rng: Random, steps: int, channels: int = 0, *, low: float = -0.5, high: float = 2.5) -> dict:
    """A neuron under a changing current, (steps,) or (steps, channels), that fires and leaves no doubt where."""
    while True:
        rows = [[decimals(rng, low, high) for _ in range(channels or 1)] for _ in range(steps)]
        neuron = {
            "input_data": array(rows if channels else [row[0] for row in rows]),
            "tau": decimals(rng, 2, 6),
            "threshold": decimals(rng, 0.5, 0.9),
        }
        if _clear_of_threshold(neuron):
            return neuron


def _reaches_exactly(rng: Random) -> dict:
    """A neuron that comes up to its threshold three times and never above, by voltages that are eighths."""
    tau, threshold = rng.choice([2, 4]), rng.choice([0.5, 0.75, 0.875])
    current: list[float] = []
    for rest in rng.sample(range(1, 7), 3):
        way = [0.0, *(rng.randrange(round(8 * threshold)) / 8 for _ in range(rest)), threshold]
        current += [v + tau * (then - v) for v, then in pairwise(way)]
    return {"input_data": array(current), "tau": tau, "threshold": threshold}


def _says(neuron: dict) -> str:
    return f"tau = {neuron['tau']}, threshold {neuron['threshold']}"


def _lif_cases(rng: Random) -> Iterator[Case]:
    ones = {"input_data": [1.0] * 45, "tau": 10, "threshold": 0.9}
    changing = _neuron(rng, 30)
    for criterion in ("fires", "membrane"):
        yield Case(criterion, "ones, tau = 10, threshold 0.9", ones)
        yield Case(criterion, f"a changing current, {_says(changing)}", changing)
    # all voltages of these are sums of a few powers of two: exact in float32 too, in whatever order they are added
    exact = [([1.0] * 9, 2, 0.75), ([0.25, 0.5, 0.75, 0.5], 1, 0.5), ([2.0] * 6, 4, 0.875)]
    for current, tau, threshold in exact:
        says = f"a voltage of exactly {threshold}, and a threshold of {threshold}"
        yield Case("threshold", says, {"input_data": array(current), "tau": tau, "threshold": threshold})
    for _ in range(2):
        neuron = _reaches_exactly(rng)
        yield Case(
            "threshold", f"a voltage of exactly {neuron['threshold']} now and then, and a threshold of that", neuron
        )
    below = {"input_data": array([1.0] * 30), "tau": 4, "threshold": 1}
    yield Case("threshold", "a current of 1 and a threshold of 1", below)
    yield Case("edges", "a single step", {"input_data": array([3.0]), "tau": 2, "threshold": 1})
    negative = _neuron(rng, 24, low=-4, high=2)
    yield Case("edges", f"a current that is often negative, {_says(negative)}", negative)
    never = {"input_data": array([decimals(rng, 0, 3) for _ in range(20)]), "tau": decimals(rng, 2, 9)}
    yield Case("edges", "a threshold of infinity", never | {"threshold": None})
    whole = {"input_data": array([rng.randint(2, 60) for _ in range(12)]), "tau": 2.7, "threshold": 400}
    yield Case("edges", "whole numbers as input", whole)
    late = _neuron(rng, 9)
    late["input_data"] = array([0] * 1000 + late["input_data"]["array"])
    yield Case("edges", f"silence for 1000 steps, and a current after that, {_says(late)}", late)
    for channels in (2, rng.randint(3, 5)):
        many = _neuron(rng, 16, channels)
        yield Case("channels", f"{channels} neurons, {_says(many)}", many)


_EULER_STEP = "v = v + (i - v) / tau"
_SPIKE = "z = (v >= threshold).astype(float)"
_RESET = "v = (1 - z) * v + z * v_reset"
_STORE = "output[n], membrane[n] = z, v"
_INPUT = "np.asarray(input_data, dtype=float)"
_RETURN = "return output, membrane"

LEAKY_INTEGRATE_AND_FIRE = Exercise(
    name="leaky_integrate_and_fire",
    module=lif_filters,
    probe="lif_filters.fires",
    parts=("output", "membrane"),
    criteria=(
        Criterion("fires", 2, "fires at the right steps", part="output"),
        Criterion(
            "threshold", 2, "fires where the voltage reaches the threshold exactly, and not below it", part="output"
        ),
        Criterion("membrane", 2, "keeps the voltage as it is after the reset", part="membrane"),
        Criterion(
            "edges", 1, "works for one step and 1000, negative currents, whole numbers, and where it never fires"
        ),
        Criterion("channels", 2, "keeps (T, N) neurons apart, time first"),
    ),
    cases=_lif_cases,
    axes=("step", "spike, or membrane voltage v"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "resets_to_one",
            "After a spike the voltage is 1 here. In v = (1 - z) v + z the last z is that 1: it lifts the neuron to "
            "1 instead of letting it start afresh. The reset is to v_reset, which is 0.",
            (("+ z * v_reset", "+ z"),),
        ),
        Misconception(
            "strictly_above",
            "A voltage that is exactly at the threshold fires too: v >= threshold, not v > threshold.",
            (("(v >= threshold)", "(v > threshold)"),),
        ),
        Misconception(
            "no_reset",
            "It fires but is never reset, so once above the threshold it fires at every step. "
            "A spike ends with the voltage at v_reset.",
            ((_RESET, "pass"),),
        ),
        Misconception(
            "reset_by_subtraction",
            "The threshold is subtracted at a spike, so what was above it is kept. Some models do that; here a spike "
            "sets the voltage to v_reset, whatever it was.",
            ((_RESET, "v = v - z * threshold"),),
        ),
        Misconception(
            "stored_before_reset",
            "The spikes are right, but the voltage is stored before the reset. Reset first, then store it.",
            ((f"{_RESET}\n        {_STORE}", f"{_STORE}\n        {_RESET}"),),
        ),
        Misconception(
            "looks_before_it_steps",
            "The threshold is compared with the voltage before the step, so every spike comes one step late. "
            "First the step, then the comparison.",
            ((f"{_EULER_STEP}\n        {_SPIKE}", f"{_SPIKE}\n        {_EULER_STEP}"),),
        ),
        Misconception(
            "one_fires_all_reset",
            "One neuron's spike resets all of them here. Each has a z of its own: reset only where z is 1.",
            ((_RESET, "v = (1 - z.max()) * v"),),
        ),
        Misconception(
            "fires_below_too",
            "It also fires at minus the threshold. There is one threshold, and it lies above: compare v, not its size.",
            (("(v >= threshold)", "(abs(v) >= threshold)"),),
        ),
        Misconception(
            "cut_at_zero",
            "The voltage is not allowed below 0 here. Only the spike and its reset are new: below the threshold the "
            "membrane is still the leaky integrator.",
            ((_EULER_STEP, "v = np.maximum(v + (i - v) / tau, 0)"),),
        ),
        Misconception(
            "exact_step",
            "The voltage takes the exact step, with exp(-1/tau). Here each step is Euler's: v + (i - v)/tau.",
            ((_EULER_STEP, "v = i + (v - i) * np.exp(-1 / tau)"),),
        ),
        Misconception(
            "exponential_decay",
            "The voltage decays by exp(-1/tau), and the current is added whole or divided by tau. Each step is "
            "Euler's: v + (i - v)/tau.",
            ((_EULER_STEP, "v = v * np.exp(-1 / tau) + i"),),
            also=(((_EULER_STEP, "v = v * np.exp(-1 / tau) + i / tau"),),),
        ),
        Misconception(
            "input_unscaled",
            "Only the leak is divided by tau, so the current lifts the voltage tau times too far. 1/tau multiplies "
            "the whole bracket: (i - v)/tau.",
            ((_EULER_STEP, "v = v + i - v / tau"),),
        ),
        Misconception(
            "always_one_tau",
            "The voltage moves at the same pace whatever tau is. Use the tau that the function is given.",
            ((_EULER_STEP, "v = v + (i - v) / 10"),),
            also=tuple(((_EULER_STEP, f"v = v + (i - v) / {tau}"),) for tau in (5, 20, 50, 100)),
        ),
        Misconception(
            "always_one_threshold",
            "It fires at the same voltage whatever the threshold is. Use the threshold that the function is given.",
            ((_SPIKE, "z = (v >= 1).astype(float)"),),
            also=tuple(((_SPIKE, f"z = (v >= {threshold}).astype(float)"),) for threshold in (0.5, 0.8, 0.9)),
        ),
        Misconception(
            "pause_of_a_step",
            "After a spike the neuron rests for a step: the current of the next step has no effect. There is no such "
            "refractory period here: it charges again at once.",
            (
                ("v = np.zeros(current.shape[1:])", "v = np.zeros(current.shape[1:]); z = 0 * v"),
                (_EULER_STEP, "v = v + (1 - z) * (i - v) / tau"),
            ),
        ),
        Misconception(
            "same_array",
            "Every stored voltage is the last one: a voltage that is changed in place (v += ..., v[z] = ...) is the "
            "one array that you stored each time. Write v = v + ..., or store a copy.",
            ((_RETURN, "return output, membrane * 0 + v"),),
            also=(
                (
                    (
                        _RETURN,
                        "return output, membrane if membrane.ndim == 1 else membrane * 0 + v",
                    ),
                ),
                ((_RETURN, "return output * 0 + z, membrane * 0 + v"),),
            ),
        ),
        Misconception(
            "resets_to_threshold",
            "A spike sets the voltage to the threshold, not to v_reset, so the neuron does not really start afresh.",
            ((_RESET, "v = (1 - z) * v + z * threshold"),),
        ),
        Misconception(
            "fires_once",
            "Each neuron fires once and then never again. It starts afresh after each spike.",
            (
                ("v = np.zeros(current.shape[1:])", "v = np.zeros(current.shape[1:]); before = 0 * v"),
                (_SPIKE, "z = (v >= threshold) * (1 - before); before = before + z"),
            ),
        ),
        Misconception(
            "spikes_keep_their_height",
            "The output holds the voltage at a spike. A spike has no height: z is 1, or 0.",
            ((_SPIKE, f"{_SPIKE}; height = v"), (_STORE, "output[n], membrane[n] = z * height, v")),
        ),
        Misconception(
            "results_swapped",
            "The two results are in the wrong order: the spikes come first, then the voltages.",
            ((_RETURN, "return membrane, output"),),
        ),
        Misconception(
            "no_leak",
            "This integrates and fires but does not leak: what drives the membrane is the gap (i - v), not i alone.",
            ((_EULER_STEP, "v = v + i / tau"),),
        ),
        Misconception(
            "double_tau",
            "The time constant counts twice: the slope (i - v)/tau holds 1/tau already, and the step that "
            "multiplies it is one.",
            ((_EULER_STEP, "v = v + (i - v) / tau / tau"),),
        ),
        Misconception(
            "across_channels",
            "You step through the neurons instead of through time. Time comes first: input_data[n] holds the currents "
            "of all neurons at step n.",
            ((_INPUT, f"{_INPUT}.T"), (_RETURN, "return output.T, membrane.T")),
        ),
        Misconception(
            "whole_numbers",
            "With whole numbers as input your voltages are cut to whole numbers too: an array made like the input "
            "(np.zeros_like) inherits its integer type. Ask for dtype=float.",
            ((_EULER_STEP, "v = (v + (i - v) / tau).astype(np.asarray(input_data).dtype)"),),
        ),
    ),
    seconds=5,
)


def _rate_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, current: float, tau: float, threshold: float) -> Case:
        inputs = {"current": current, "tau": tau, "threshold": threshold}
        return Case(criterion, f"current {current}, tau = {tau}, threshold {threshold}", inputs)

    threshold = decimals(rng, 0.3, 2)
    yield case("fires", 2.5, 10, 1)
    yield case("fires", round(threshold * rng.uniform(1.2, 3), 3), decimals(rng, 2, 40), threshold)
    yield case("fires", round(threshold * rng.uniform(5, 20), 3), decimals(rng, 2, 40), threshold)
    yield case("fires", 0.3, 10, 0.2)
    # who does not know which is which cannot tell where the zeros are
    below, above = ([threshold * rng.uniform(*ends) for _ in range(5)] for ends in ((0.2, 0.9), (1.1, 4)))
    for current in shuffled(rng, [0, -threshold, -2.5 * threshold, *below, *above, threshold * rng.uniform(4, 9)]):
        yield case("silent", round(current, 3), decimals(rng, 2, 40), threshold)
    yield case("limit", 1, 10, 1)
    yield case("limit", threshold, decimals(rng, 2, 40), threshold)
    yield case("limit", round(threshold * 1.001, 6), decimals(rng, 2, 40), threshold)


_INTERVAL = "interval = -tau * math.log(1 - threshold / current)"
_SILENT = "if current <= threshold:\n        return 0.0\n    "

_COUNTED = """v, spikes = 0.0, 0
    for _ in range({steps}):
        v = v + (current - v) / tau
        if v >= threshold:
            v, spikes = 0.0, spikes + 1
    return spikes / {steps}"""

FIRING_RATE = Exercise(
    name="firing_rate",
    module=lif_filters,
    probe="call",
    criteria=(
        Criterion("fires", 3, "gives the rate for currents above the threshold"),
        Criterion(
            "silent",
            1,
            "is 0 for currents below the threshold, including zero and negative ones, and for no others",
            holds="lif_filters.silent_below",
        ),
        Criterion("limit", 1, "is 0 for a current exactly as large as the threshold, and small just above it"),
    ),
    cases=_rate_cases,
    axes=("case", "spikes per step"),
    misconceptions=(
        Misconception(
            "interval",
            "This is the time from one spike to the next. The rate is one over it: the longer the wait, the lower the "
            "rate.",
            (("return 1 / interval", "return interval"),),
        ),
        Misconception(
            "no_leak",
            "This is the rate without a leak: a bucket without a hole fills at the pace of the current. Ours fills "
            "more slowly the fuller it is, which is where the logarithm comes from.",
            (
                (_INTERVAL, "interval = tau * threshold / current"),
                (_SILENT, "if current <= 0:\n        return 0.0\n    "),
            ),
        ),
        Misconception(
            "straight_above_threshold",
            "This is a straight line from the threshold on. The true rate rises like a wall there: solve v(T) = "
            "threshold on the exponential curve for T.",
            (("return 1 / interval", "return (current - threshold) / (tau * threshold)"),),
        ),
        Misconception(
            "minus_lost",
            "The rate is negative: the logarithm of a number below one is. A time is -tau times it.",
            ((_INTERVAL, "interval = tau * math.log(1 - threshold / current)"),),
        ),
        Misconception(
            "decimal_logarithm",
            "The logarithm belongs to exp, so it is the natural one; this is the one to base 10.",
            (("math.log(", "math.log10("),),
        ),
        Misconception(
            "time_constant_left_out",
            "The time constant is missing: in steps, the interval is tau times as long as in units of tau.",
            (("interval = -tau *", "interval = -"),),
        ),
        Misconception(
            "in_euler_steps",
            "You count with Euler's factor 1 - 1/tau. That is the time of the simulated neuron before it is rounded "
            "up to whole steps; the exercise asks for continuous time, where the gap decays as exp(-t/tau).",
            (("interval = -tau *", "interval = 1 / math.log(1 - 1 / tau) *"),),
        ),
        Misconception(
            "fires_at_one_step",
            "The interval is a whole number of steps here, as in the simulation. In continuous time nothing rounds it.",
            ((_INTERVAL, _INTERVAL.replace("-tau", "math.ceil(-tau") + ")"),),
            also=(((_INTERVAL, _INTERVAL.replace("-tau", "math.floor(-tau") + ") + 1"),),),
        ),
        Misconception(
            "counted",
            "Spikes are counted in a simulation, which takes whole steps and ends at some time. The exercise asks for "
            "the rate in continuous time: one over the time from a reset to the next spike.",
            (("return 1 / interval", _COUNTED.format(steps=1000)),),
            also=tuple((("return 1 / interval", _COUNTED.format(steps=steps)),) for steps in (100, 500, 2000, 5000)),
        ),
        Misconception(
            "first_spike_of_steps",
            "This is one over the number of Euler's steps until the first spike. The exercise asks for continuous "
            "time, in which the gap to the current decays as exp(-t/tau).",
            (
                (
                    "return 1 / interval",
                    "v, n = 0.0, 0\n    while v < threshold:\n        v, n = v + (current - v) / tau, n + 1\n    "
                    "return 1 / n",
                ),
            ),
        ),
        Misconception(
            "one_step_more",
            "A step is added to the time between two spikes, as if the neuron rested after each. It charges again at "
            "once.",
            (("return 1 / interval", "return 1 / (interval + 1)"),),
        ),
        Misconception(
            "fraction_upside_down",
            "The fraction in the logarithm is upside down: at time T the voltage is I (1 - exp(-T/tau)) = threshold, "
            "so it is the threshold that is divided by the current.",
            (
                (_INTERVAL, "interval = abs(tau * math.log(abs(1 - current / threshold)))"),
                (_SILENT, "if current <= threshold or current == 2 * threshold:\n        return 0.0\n    "),
            ),
        ),
        Misconception(
            "tau_divides",
            "The logarithm is divided by tau: the larger tau, the longer the neuron takes to charge. Multiply by it.",
            ((_INTERVAL, "interval = -math.log(1 - threshold / current) / tau"),),
        ),
        Misconception(
            "negative_rates",
            "A current below 0 gives a negative rate here. It never lifts the voltage to the threshold: the rate is 0.",
            (("if current <= threshold:", "if 0 <= current <= threshold:"),),
            also=(
                (
                    ("if current <= threshold:", "if current in (0, threshold):"),
                    ("math.log(1 - threshold / current)", "float(np.log(1 - threshold / current))"),
                ),
            ),
        ),
        Misconception(
            "whole_current",
            "The current is in the logarithm by itself. At time T the voltage is I (1 - exp(-T/tau)) = threshold: "
            "solve for T.",
            ((_INTERVAL, "interval = tau * math.log(current / threshold)"),),
        ),
    ),
    seconds=5,
)


def _known_gain(window: int, frequency: float) -> float:
    """The gain of a moving average over so many steps, from the sum of a geometric series."""
    half_turn = math.pi * frequency
    return abs(math.sin(window * half_turn) / (window * math.sin(half_turn)))


def _unround(rng: Random, low: float, high: float) -> float:
    """A frequency that is no simple fraction: samples then come close to every point of its cycle, the peak too."""
    while True:
        frequency = round(rng.uniform(low, high), 4)
        if Fraction(str(frequency)).denominator >= 500:
            return frequency


def _measured_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, low: float, high: float, offset: float = 0.0, start: float = 0.0, says: str = "") -> Case:
        while True:
            window, frequency = rng.randint(2, 12), _unround(rng, low, high)
            if 0.2 < _known_gain(window, frequency) < 0.9:
                return of(criterion, window, frequency, offset, start, says)

    def of(criterion: str, window: int, frequency: float, offset: float = 0.0, start: float = 0.0, says: str = ""):
        scale = decimals(rng, 0.3, 3)
        inputs = {"window": window, "scale": scale, "offset": offset, "start": start, "frequency": frequency}
        says = f"{scale} times a mean over {window} steps{says}, at {frequency} cycles per step"
        return Case(criterion, says, inputs, expected=scale * _known_gain(window, frequency))

    yield case("known", 0.01, 0.03)
    yield case("known", 0.02, 0.05)
    for _ in range(2):
        yield case("settles", 0.02, 0.05, start=decimals(rng, 20, 40), says=" that starts far off")
    yield case("offset", 0.02, 0.05, offset=decimals(rng, 0.5, 2), says=" with an offset")
    yield case("offset", 0.02, 0.05, offset=decimals(rng, -3, -1), says=" with a negative offset")
    yield of("slow", 100, 0.0043)
    yield of("slow", 300, 0.0011)
    yield of("fast", 2, 0.2503)
    yield of("fast", 2, 0.3327)


_LENGTH = "steps = np.arange(settled + 500 + math.ceil(20 / frequency))"
_RATIO = "return float(np.std(response[settled:]) / np.std(signal[settled:]))"

MEASURED_GAIN = Exercise(
    name="measured_gain",
    module=lif_filters,
    probe="lif_filters.gain_of_known",
    criteria=(
        Criterion("known", 2, "measures a known filter", tolerance=0.02),
        Criterion("settles", 1, "waits until the start is forgotten", tolerance=0.02),
        Criterion("offset", 1, "does not take an offset for an amplitude", tolerance=0.02),
        Criterion("slow", 1, "measures whole cycles of slow signals too", tolerance=0.02),
        Criterion("fast", 1, "measures fast signals too, with few steps per cycle", tolerance=0.02),
    ),
    cases=_measured_cases,
    axes=("case", "gain"),
    misconceptions=(
        Misconception(
            "start_included",
            "The start is measured too. Before it has settled, the response still depends on how it began: leave out "
            "the first 1000 steps.",
            ((_RATIO, "return float(np.std(response) / np.std(signal))"),),
            also=tuple(
                (
                    (_LENGTH, f"steps = np.arange({length})"),
                    (_RATIO, "return float(np.std(response) / np.std(signal))"),
                )
                for length in (
                    "1000",
                    "2000",
                    "5000",
                    "int(5 / frequency)",
                    "int(10 / frequency)",
                    "int(20 / frequency)",
                    "500 + int(20 / frequency)",
                    "1000 + int(10 / frequency)",
                )
            ),
        ),
        Misconception(
            "offset_in_the_mean",
            "The offset counts here: the mean of the squares, or of the absolute values, includes it. Subtract the "
            "mean first, as np.std does.",
            ((_RATIO, "return float(np.sqrt(np.mean(response[settled:] ** 2) / np.mean(signal[settled:] ** 2)))"),),
            also=(((_RATIO, "return float(np.abs(response[settled:]).mean() / np.abs(signal[settled:]).mean())"),),),
        ),
        Misconception(
            "deviation_alone",
            "This is the standard deviation of the response, not divided by that of the sine: a sine of amplitude 1 "
            "has a standard deviation of 0.71.",
            ((_RATIO, "return float(np.std(response[settled:]))"),),
        ),
        Misconception(
            "half_of_it",
            "This is half of the gain. Is an amplitude halved twice, or one of the two and not the other?",
            ((_RATIO, "return float(np.std(response[settled:]) / np.std(signal[settled:]) / 2)"),),
        ),
        Misconception(
            "offset_counted",
            "The largest value is an amplitude only if the response swings around zero. With an offset, take half the "
            "distance from the lowest to the highest value.",
            ((_RATIO, "return float(np.max(response[settled:]) / np.max(signal[settled:]))"),),
        ),
        Misconception(
            "largest_value",
            "The largest value of all is taken here, which includes both the start and any offset. Leave out the "
            "first 1000 steps; then take half the distance from the lowest to the highest value.",
            ((_RATIO, "return float(np.max(response) / np.max(signal))"),),
        ),
        Misconception(
            "power",
            "This is the ratio of powers, the square of the gain: amplitudes are asked for.",
            ((_RATIO, "return float(np.var(response[settled:]) / np.var(signal[settled:]))"),),
        ),
        Misconception(
            "upside_down",
            "The ratio is upside down: response over signal.",
            ((_RATIO, "return float(np.std(signal[settled:]) / np.std(response[settled:]))"),),
        ),
        Misconception(
            "peak_to_peak",
            "From the lowest to the highest value is twice the amplitude. Do it to both, or halve it.",
            ((_RATIO, "return float(np.ptp(response[settled:]) / np.max(signal[settled:]))"),),
        ),
        Misconception(
            "radians",
            "The sine has the wrong frequency: a cycle is 2 pi, so its argument is 2 pi times frequency times step.",
            (
                ("np.sin(2 * np.pi * frequency * steps)", "np.sin(frequency * steps)"),
                ("math.ceil(20 / frequency)", "math.ceil(200 / frequency)"),
            ),
        ),
        Misconception(
            "peak_between_steps",
            "A fast sine has few steps per cycle, and its peak lies between them: the largest value that you see is "
            "not the amplitude. Watch it for a few hundred steps, until every part of the cycle has been hit, or use "
            "the standard deviation.",
            (
                ("settled + 500 + math.ceil(20 / frequency)", "settled + math.ceil(10 / frequency)"),
                (_RATIO, "return float(np.ptp(response[settled:]) / 2)"),
            ),
        ),
        Misconception(
            "always_as_long",
            "Every frequency gets the same number of steps. For slow signals that is only a piece of a cycle, too "
            "little to show the amplitude: the slower the sine, the longer it has to be watched.",
            (("settled + 500 + math.ceil(20 / frequency)", "settled + 100"),),
        ),
        Misconception(
            "decibels",
            "This is the gain in decibels, 20 log10 of what was asked for.",
            ((_RATIO, f"{_RATIO.replace('return float', 'return 20 * np.log10')}"),),
            also=(((_RATIO, f"{_RATIO.replace('return float', 'return 10 * np.log10')}"),),),
        ),
    ),
    seconds=20,
)


def _euler_gain_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, frequency: float, tau: float) -> Case:
        return Case(criterion, f"frequency {frequency}, tau = {tau}", {"frequency": frequency, "tau": tau})

    for frequency in shuffled(rng, [0] * 6 + [round(rng.uniform(0.1, 0.5), 4) for _ in range(7)]):
        yield case("slowest", frequency, decimals(rng, 2, 50))
    yield case("slowest", 0, 1)
    yield case("between", round(1 / (20 * math.pi), 6), 10)
    for low, high in ((0.001, 0.02), (0.02, 0.1), (0.1, 0.4)):
        yield case("between", round(rng.uniform(low, high), 4), decimals(rng, 2, 50))
    for tau in (2, decimals(rng, 2, 50)):
        yield case("fastest", 0.5, tau)


_TURNED = "turned = cmath.exp(-2j * math.pi * frequency)"
_GAIN = "return (1 / tau) / abs(1 - (1 - 1 / tau) * turned)"

EULER_GAIN = Exercise(
    name="euler_gain",
    module=lif_filters,
    probe="call",
    criteria=(
        Criterion(
            "slowest",
            1,
            "lets a constant current through unchanged, and no other",
            holds="lif_filters.whole_only_where_constant",
        ),
        Criterion("between", 2, "gives the gain of Euler's steps at any frequency"),
        Criterion("fastest", 1, "is right at half a cycle per step, the fastest there is"),
    ),
    cases=_euler_gain_cases,
    axes=("case", "gain"),
    misconceptions=(
        Misconception(
            "continuous_time",
            "This is the gain of the membrane in continuous time, the limit of short steps. The simulated one takes "
            "steps: a step later the voltage has turned by exp(2 pi j f).",
            ((_GAIN, "return 1 / abs(1 + 2j * math.pi * frequency * tau)"),),
        ),
        Misconception(
            "continuous_in_radians",
            "This is the gain in continuous time, and the frequency in it has lost its 2 pi. The simulated membrane "
            "takes steps: a step later the voltage has turned by exp(2 pi j f).",
            ((_GAIN, "return 1 / abs(1 + 1j * frequency * tau)"),),
        ),
        Misconception(
            "power",
            "This is the square of the gain: how much power comes through, not how much amplitude.",
            ((_GAIN, f"return ({_GAIN.removeprefix('return ')}) ** 2"),),
        ),
        Misconception(
            "input_unscaled",
            "At frequency 0 the gain should be 1: a constant current lifts the voltage to itself. "
            "The input enters each step with a factor 1/tau.",
            ((_GAIN, _GAIN.replace("(1 / tau) / abs", "1 / abs")),),
        ),
        Misconception(
            "leak_sign",
            "The voltage of the step before is multiplied by 1 - 1/tau; with the opposite sign, fast signals come "
            "through and slow ones do not.",
            ((_GAIN, _GAIN.replace("1 - (1 - 1 / tau)", "1 + (1 - 1 / tau)")),),
        ),
        Misconception(
            "radians",
            "The frequency is in cycles per step, and a cycle turns by 2 pi: exp(-2 pi j f).",
            ((_TURNED, "turned = cmath.exp(-1j * frequency)"),),
        ),
        Misconception(
            "exact_decay",
            "You keep exp(-1/tau) of the voltage, the factor of the exact step. Euler's step keeps 1 - 1/tau.",
            (
                (
                    _GAIN,
                    _GAIN.replace("(1 / tau)", "(1 - math.exp(-1 / tau))").replace(
                        "(1 - 1 / tau)", "math.exp(-1 / tau)"
                    ),
                ),
            ),
        ),
        Misconception(
            "real_part",
            "This is the real part of the ratio, what goes up and down together with the current. The gain is the "
            "absolute value, which also counts the part that lags behind.",
            ((_GAIN, "return ((1 / tau) / (1 - (1 - 1 / tau) * turned)).real"),),
            also=(((_GAIN, "return ((1 / tau) * turned / (1 - (1 - 1 / tau) * turned)).real"),),),
        ),
        Misconception(
            "size_forgotten_below",
            "The real part of the denominator is taken, not its absolute value: that gives the gain only where "
            "nothing turns.",
            ((_GAIN, "return (1 / tau) / (1 - (1 - 1 / tau) * turned.real)"),),
        ),
        Misconception(
            "half_a_cycle",
            "The frequency is in cycles per step, and a cycle turns by 2 pi, not by pi.",
            ((_TURNED, "turned = cmath.exp(-1j * math.pi * frequency)"),),
        ),
        Misconception(
            "upside_down",
            "The ratio is upside down: the amplitude of the voltage is divided by that of the current.",
            ((_GAIN, "return abs(1 - (1 - 1 / tau) * turned) * tau"),),
        ),
    ),
    seconds=5,
)


def _band_pass_cases(rng: Random) -> Iterator[Case]:
    for lows, highs, sizes in (((0.006, 0.008), (0.03, 0.05), (0.5, 0.9)), ((0.014, 0.018), (0.045, 0.058), (3, 6))):
        low, high = round(rng.uniform(*lows), 4), round(rng.uniform(*highs), 4)
        band = {"low": low, "high": high, "size": decimals(rng, *sizes)}
        middle = round(math.sqrt(low * high), 5)
        says = f"the band from {low} to {high}"
        five = band | {"frequencies": [low / 8, low, middle, high, 8 * high]}
        for criterion in ("inside", "slow", "fast"):
            yield Case(criterion, f"{says}, at five frequencies from far below it to far above", five)
        yield Case("sign", f"{says}, in its middle", band | {"frequencies": [middle]})
        yield Case("sign", f"{says}, and a current that is switched on late", band | {"frequencies": [0]})


_DIFFERENCE = "return fast - slow"
_FAST = "_, fast = leaky_integrate_and_fire(signal, fast_tau, math.inf)"
_SLOW = "_, slow = leaky_integrate_and_fire(signal, slow_tau, math.inf)"
_TAUS = "fast_tau, slow_tau = 1 / (2 * np.pi * high), 1 / (2 * np.pi * low)"

BAND_PASS = Exercise(
    name="band_pass",
    module=lif_filters,
    probe="lif_filters.filtered",
    measure="measures.lif_filters.gains",
    criteria=(
        Criterion("inside", 1, "lets the band through, up to its edges", holds="lif_filters.lets_through"),
        Criterion("slow", 2, "holds back what is much slower than the band", holds="lif_filters.holds_back_slow"),
        Criterion("fast", 2, "holds back what is much faster than the band", holds="lif_filters.holds_back_fast"),
        Criterion(
            "sign",
            1,
            "goes up and down with a signal in the band, and is at rest until something flows in",
            holds="lif_filters.goes_along",
        ),
    ),
    cases=_band_pass_cases,
    axes=("frequency, from far below the band to far above", "gain"),
    misconceptions=(
        Misconception(
            "added",
            "You add the two membranes. Both let slow signals through, so their sum does too. "
            "Only where one lets through what the other does not is anything left: take the difference.",
            ((_DIFFERENCE, "return fast + slow"),),
        ),
        Misconception(
            "only_the_fast_one",
            "One membrane alone holds back what is fast, and lets all that is slow through: the lower edge is "
            "missing. The second membrane knows the slow part; subtract it.",
            ((_DIFFERENCE, "return fast"),),
        ),
        Misconception(
            "only_the_slow_one",
            "This is the slow membrane by itself: it passes exactly what lies below the band.",
            ((_DIFFERENCE, "return slow"),),
        ),
        Misconception(
            "input_minus_slow",
            "The signal minus its slow part holds back what is slow, but lets everything fast through: the upper edge "
            "is missing. Subtract the slow membrane from the fast one, not from the signal.",
            ((_DIFFERENCE, "return np.asarray(signal) - slow"),),
        ),
        Misconception(
            "wrong_way_round",
            "The right two membranes, but the slow one minus the fast: the response goes down when the signal goes up.",
            ((_DIFFERENCE, "return slow - fast"),),
        ),
        Misconception(
            "one_after_the_other",
            "One membrane fed by the other smooths twice: that holds back fast signals even better, and slow ones not "
            "at all. Feed the signal to both, and subtract.",
            ((_DIFFERENCE, "return leaky_integrate_and_fire(fast, slow_tau, math.inf)[1]"),),
        ),
        Misconception(
            "period_for_tau",
            "Your time constants are one over the frequency: a whole period. "
            "The cutoff is where 2 pi f tau = 1, so tau is a period divided by 2 pi.",
            ((_TAUS, "fast_tau, slow_tau = 1 / high, 1 / low"),),
        ),
        Misconception(
            "always_one_band",
            "The band is the same whatever is asked for. low and high say where it lies.",
            ((_TAUS, "fast_tau, slow_tau = 1 / (2 * np.pi * 0.05), 1 / (2 * np.pi * 0.005)"),),
            also=(((_TAUS, "fast_tau, slow_tau = 1 / (2 * np.pi * 0.1), 1 / (2 * np.pi * 0.01)"),),),
        ),
        Misconception(
            "membranes_fire",
            "The membranes fire when the signal is strong, and are reset. Give them a threshold that no voltage "
            "reaches: math.inf.",
            ((_FAST, _FAST.replace("math.inf", "1.0")), (_SLOW, _SLOW.replace("math.inf", "1.0"))),
            also=(((_FAST, _FAST.replace("math.inf", "0.5")), (_SLOW, _SLOW.replace("math.inf", "0.5"))),),
        ),
        Misconception(
            "spikes_of_both",
            "Here spikes are subtracted, and a spike has lost the shape of the signal. Filter first, with membranes "
            "that never fire, and leave the spikes to a neuron after them.",
            (
                (
                    _FAST,
                    "fast, _ = leaky_integrate_and_fire(signal, fast_tau, 0.5)",
                ),
                (
                    _SLOW,
                    "slow, _ = leaky_integrate_and_fire(signal, slow_tau, 0.5)",
                ),
            ),
        ),
    ),
    seconds=30,
)


def _recording(rng: Random, low: float, high: float) -> tuple[dict, list[float]]:
    """Six experiments with an unknown neuron, and its time constant, from ``low`` to ``high``, and threshold.

    Constant currents alone leave a whole curve of pairs possible (Figure 9 of the chapter); a ramp, a swinging and two
    restless currents bring the voltage close to the threshold from below and above, at all speeds. Some draws still
    leave more room than others: those from which the reference would not get both within 1.5 % are drawn again. So are
    those in which the voltage hardly overshoots: there the mean of what it reached would be a threshold as good. And so
    are those in which some other time constant puts a spike at a voltage below 0: of such a voltage one cannot say by
    what share of it the others stay below, and to measure the gap by that share is as good as by the ratio.
    """
    steps = range(135)
    while True:
        tau = round(rng.uniform(low, high), 2)
        threshold = round(math.exp(rng.uniform(math.log(0.2), math.log(3))), 3)
        steady = threshold * rng.uniform(1.1, 1.4)
        strong = threshold * rng.uniform(1.6, 2.5)
        top = threshold * rng.uniform(2, 3)
        period, swing = rng.uniform(15, 60), threshold * rng.uniform(1.2, 2)
        columns = [
            [steady for _ in steps],
            [strong for _ in steps],
            [top * n / len(steps) for n in steps],
            [swing * (1 + math.sin(2 * math.pi * n / period)) for n in steps],
            [threshold * rng.uniform(-0.6, 2.6) for _ in steps],
            [threshold * rng.uniform(1 - 0.8 * tau, 1 + 0.8 * tau) for _ in steps],
        ]
        currents = [[round(column[n], 2) for column in columns] for n in steps]
        spikes, reached = _before_the_reset(currents, tau, threshold)
        found = lif_filters.identify_neuron(currents, spikes)
        close = all(abs(one - truth) < 0.015 * truth for one, truth in zip(found, (tau, threshold), strict=True))
        if close and reached[spikes > 0].mean() > 1.06 * threshold and _lowest_at_a_spike(currents, spikes) > 0:
            return {"inputs": array(currents), "outputs": array(spikes.astype(int).tolist())}, [tau, threshold]


def _lowest_at_a_spike(currents: ArrayLike, spikes: ArrayLike) -> float:
    """The lowest voltage that any time constant from 2 to 40 puts at a recorded spike."""
    taus = np.geomspace(1.9, 42, 200)[:, np.newaxis]
    v, lowest = np.zeros((len(taus), np.shape(currents)[1])), np.inf
    for i, z in zip(np.asarray(currents, dtype=float), np.asarray(spikes) > 0, strict=True):
        v += (i - v) / taus
        lowest = min(lowest, v[:, z].min(initial=np.inf))
        v[:, z] = 0
    return lowest


def _identify_cases(rng: Random) -> Iterator[Case]:
    recordings = [_recording(rng, low, high) for low, high in shuffled(rng, [(2, 2), (4, 20), (22, 30)])]
    for number, criterion in enumerate(IDENTIFY_NEURON.criteria):
        for which in range(3) if "sharply" in criterion.name else (number % 2, number % 2 + 1):
            recording, truth = recordings[which]
            yield Case(criterion.name, f"unknown neuron {which + 1}", recording, expected=truth)


_TEACHER = "v = np.where(z, 0, v)"

IDENTIFY_NEURON = Exercise(
    name="identify_neuron",
    module=lif_filters,
    probe="call",
    parts=("tau", "threshold"),
    criteria=(
        Criterion("roughly", 3, "finds tau and threshold within 25 %", tolerance=0.25),
        Criterion("tau_closely", 1, "finds tau within 10 %", tolerance=0.10, part="tau"),
        Criterion("threshold_closely", 1, "finds the threshold within 10 %", tolerance=0.10, part="threshold"),
        Criterion("tau_sharply", 1, "finds tau within 4 %", tolerance=0.04, part="tau"),
        Criterion("threshold_sharply", 1, "finds the threshold within 4 %", tolerance=0.04, part="threshold"),
    ),
    cases=_identify_cases,
    axes=("tau, then threshold", "value"),
    misconceptions=(
        Misconception(
            "order_swapped",
            "The two are in the wrong order: tau first, then the threshold.",
            (
                (
                    "return float(taus[best, 0]), float(fired[best] + silent[best]) / 2",
                    "return float(fired[best] + silent[best]) / 2, float(taus[best, 0])",
                ),
            ),
        ),
        Misconception(
            "always_the_same",
            "The same neuron is found whatever was recorded: its numbers are written into the function.",
            (
                (
                    "return float(taus[best, 0]), float(fired[best] + silent[best]) / 2",
                    "return 8.0, 0.6",
                ),
            ),
        ),
        Misconception(
            "never_reset",
            "The voltage that you compare is never reset. You know when it was: at every recorded spike.",
            ((_TEACHER, "pass"),),
            also=(((_TEACHER, "pass"), ("1.9, 42", "2, 40")),),
        ),
        Misconception(
            "only_the_first",
            "You use only the first experiment. Under one constant current a slow neuron with a low threshold fires "
            "like a fast one with a high threshold; the other experiments tell them apart.",
            (
                ("np.shape(inputs)[1]", "1"),
                ("np.asarray(inputs, dtype=float)", "np.asarray(inputs, dtype=float)[:, :1]"),
                ("np.asarray(outputs) > 0.5", "np.asarray(outputs)[:, :1] > 0.5"),
            ),
        ),
        Misconception(
            "threshold_by_mean",
            "Your threshold is the mean of the voltages at the spikes. Most spikes overshoot it: the threshold lies "
            "between the highest voltage that did not fire and the lowest that did.",
            (
                ("np.full(len(taus), np.inf)", "np.full(len(taus), np.inf); reached, count = 0.0, 0"),
                (_TEACHER, f"reached, count = reached + np.where(z, v, 0).sum(axis=1), count + z.sum(); {_TEACHER}"),
                ("float(fired[best] + silent[best]) / 2", "float(reached[best] / count)"),
            ),
        ),
        Misconception(
            "current_for_threshold",
            "Your threshold is the smallest current that came with a spike. The voltage is what reaches a threshold, "
            "and it lags behind the current.",
            (
                (
                    "float(fired[best] + silent[best]) / 2",
                    "float(np.asarray(inputs, dtype=float)[np.asarray(outputs) > 0.5].min())",
                ),
            ),
        ),
    ),
    seconds=60,
)

HIGH_OR_LOW_PASS = Essay(
    name="high_or_low_pass",
    points=4,
    scheme="""\
One point each, halves where it says so:

1. *Low-pass in the frequency of a current.* The membrane averages over about tau: its gain falls as 1/sqrt(1 + (2 pi
   f tau)²), so a fast swing of a current no longer reaches the threshold. Named with the figure or the formula: 1.
   "It smooths" alone: ½.
2. *High-pass in amplitude.* Below theta/gain nothing at all comes out, above it spikes do; this says nothing of
   frequency.
3. *High-pass in the rate of input pulses.* Pulses that come rarely leak away before the next; above a rate they add
   up to the threshold. So there is a sense in which "below a certain frequency it is silent" is true: frequency has
   to mean how often pulses come, not how fast a current swings. Without the leak as the reason: ½.
4. *A test that decides, with the outcome each statement predicts.* For instance: the cosine at constant amplitude and
   rising frequency (spikes stop: low-pass), or pulse trains of rising rate (spikes begin: high-pass).

Model answer: Both are right, about different things. Let a current of fixed size swing ever faster: the membrane
averages over tau steps, the swing of the voltage shrinks as 1/sqrt(1 + (2 pi f tau)²), and past some frequency its
peaks stay below the threshold. The spikes stop: low-pass. Your friend thinks of input pulses. Each lifts the voltage by
w/tau, and the leak takes it away again. If they come rarely, each finds the membrane empty; if they come more often
than a certain rate, they pile up to the threshold, and spikes begin. So it is high-pass in the rate of pulses. And
behind that is the third sense: the threshold passes what is large and drops what is small, at any frequency; more
pulses per step are simply a larger mean current.""",
)

BAND_PASS_ALONE = Essay(
    name="band_pass_alone",
    points=4,
    scheme="""\
One point each, halves where it says so:

1. *The lower edge and its cause*: pulses, or packets of them, that are rarer than the membrane can remember leak away
   before they add up to the threshold.
2. *The upper edge and its cause*: changes faster than about tau are averaged away by the membrane, so they do not
   show in the spikes; or: there is at most one spike per interval, and swings within an interval are lost.
3. *What moves them*: tau moves both (a longer memory lowers the lower edge, and the upper edge with it); the threshold
   relative to the size of the input moves the lower edge, and where a swing last reaches it. One of the two: ½.
4. *Where it fails as a band-pass*: the two edges are not about the same frequency (how often pulses come; how fast
   their rate changes), or: a slow current that is strong enough gets through all the same, so nothing holds back slow
   signals.

Model answer: Give it pulses that come in packets. Rare pulses leak away before the next one comes, so below some rate
of pulses it is silent: that is the lower edge, and it is set by threshold and leak. Now let the rate swing, dense and
sparse in turn. Swings slower than tau show in the spikes; swings much faster than tau are averaged to the mean rate:
that is the upper edge, and it is set by the membrane. Raise tau and both go down; raise the threshold and the lower
edge goes up. But it is not the band-pass of two membranes: the lower edge is in how often pulses come, the upper in how
fast that changes. A strong constant current makes it fire forever, where a band-pass would be silent.""",
)

CHAPTER = Chapter(
    name="lif_filters",
    exercises=(LEAKY_INTEGRATE_AND_FIRE, FIRING_RATE, MEASURED_GAIN, EULER_GAIN, BAND_PASS, IDENTIFY_NEURON),
    essays=(HIGH_OR_LOW_PASS, BAND_PASS_ALONE),
)
