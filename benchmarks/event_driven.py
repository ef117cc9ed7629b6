"""The exact event-driven network, beside Brian2's exact neurons in steps of 0.1 ms, and how it grows.

python benchmarks/event_driven.py [--rounds ROUNDS] [--keep]

As many inputs as hidden neurons; each hidden neuron hears FAN_IN senders, one half inputs, one half hidden neurons, for
100 ms. Each input fires once. Brian2 solves the same equations exactly, but a neuron fires only at the end of a step.
Before anything is measured, both of ours have to fire in the same order, at times that agree to 1e-9 ms, and Brian2
equally often to 2 %; nine of ten neurons have to fire there for the first time within the same step or the next one.
"""

from collections.abc import Iterator

import brian_program
import numpy as np
from how_fast import BRIAN, COMPILED, OURS, TABLES, Cell
from numpy.typing import NDArray
from side_by_side import Times, alternately, compared, main, not_there

from solutions import CompiledEventDrivenNetwork, EventDrivenNetwork

SIZES = (10, 100, 1000, 10_000)
FAN_INS = (10, 100, 1000)
LARGEST_READABLE = 1000
"""A network ten times as large keeps some GB, and takes a minute."""
FAN_IN, DURATION, STEP, STRENGTH = 10, 100.0, 0.1, 20.0
Spikes = tuple[NDArray[np.float64], NDArray[np.int64]]
"""When, in ms, and who."""


def weights(neurons: int, fan_in: int) -> NDArray[np.float64]:
    """A row for each sender, inputs before hidden neurons; what arrives at a neuron is the same for each fan-in."""
    rng, half = np.random.default_rng([neurons, fan_in]), fan_in // 2
    drawn = np.zeros((2 * neurons, neurons))
    for n in range(neurons):
        drawn[rng.choice(neurons, half, replace=False), n] = STRENGTH / half
        drawn[neurons + rng.choice(neurons, half, replace=False), n] = rng.normal(0, 0.2 * STRENGTH / half, half)
    return drawn


def input_spikes(neurons: int) -> Spikes:
    """On the grid of the steps, so that both hear them at the same time."""
    rng = np.random.default_rng(neurons)
    return rng.integers(1, 700, neurons) * STEP, rng.permutation(neurons)


def network(neurons: int, fan_in: int) -> CompiledEventDrivenNetwork:
    return CompiledEventDrivenNetwork(neurons, neurons, 0, weights=weights(neurons, fan_in))


def hidden_spikes(run) -> Spikes:
    when, who = zip(*run.spikes, strict=True)
    return np.array(when), np.array(who)


def measure(rounds: int) -> Iterator[Cell]:
    _, _, _, by_size, by_fan_in, per_second = TABLES["event_driven"].rows
    *columns, exponent = TABLES["event_driven"].columns
    seconds, events = {}, {}
    for neurons, column in zip(SIZES, columns, strict=True):
        one, given = network(neurons, FAN_IN), input_spikes(neurons)
        steps = {COMPILED: lambda one=one, given=given: one.run(*given, DURATION)}
        found = hidden_spikes(steps[COMPILED]())
        if neurons <= LARGEST_READABLE:
            readable = EventDrivenNetwork(neurons, neurons, 0, weights=one.weights)
            steps[OURS] = lambda readable=readable, given=given: readable.run(*given, DURATION)
            same_events(found, hidden_spikes(steps[OURS]()))
        else:
            yield {"row": OURS, "column": column, "says": "keeps too much"}
        try:
            steps[BRIAN] = brian_program.current_based(one.weights, *given, DURATION, STEP)
            result = steps[BRIAN]().result
            same_spikes(found, (result["t"] * 1000, result["i"]), neurons)
        except ImportError as error:
            yield from not_there(BRIAN, [column], error)
        times = alternately(steps, rounds, f"{column} neurons")
        yield from compared(times, COMPILED, column)
        seconds[neurons], events[neurons] = times[COMPILED], len(found[0]) + neurons
        each = 1e-6 * events[neurons] / np.array(seconds[neurons].processor)
        yield {"row": per_second, "column": column, "value": np.median(each), "low": each.min(), "high": each.max()}
    yield from ({"row": row, "column": exponent, "says": ""} for row in (COMPILED, OURS, BRIAN, per_second))
    yield from growth(by_size, seconds, events, columns, exponent)
    steps, events = {}, {}
    for fan_in in FAN_INS:
        one, given = network(1000, fan_in), input_spikes(1000)
        steps[fan_in] = lambda one=one, given=given: one.run(*given, DURATION)
        events[fan_in] = len(steps[fan_in]().spikes) + 1000
    yield {"row": by_fan_in, "column": columns[-1], "says": ""}
    yield from growth(by_fan_in, alternately(steps, rounds, "fan-in"), events, columns, exponent)


def growth(row: str, times: dict[int, Times], events: dict[int, int], columns: list, exponent: str) -> Iterator[Cell]:
    """The time of an event, that of the smallest size being 1, and the exponent that fits best."""
    sizes = list(times)
    each = {size: np.array(times[size].processor) / events[size] for size in sizes}
    for size, column in zip(sizes, columns, strict=False):
        ratios = each[size] / np.median(each[sizes[0]])
        yield {"row": row, "column": column, "value": np.median(ratios), "low": ratios.min(), "high": ratios.max()}
    slopes = [np.polyfit(np.log(sizes), np.log(taken), 1)[0] for taken in zip(*each.values(), strict=True)]
    yield {"row": row, "column": exponent, "value": np.median(slopes), "low": min(slopes), "high": max(slopes)}


def same_events(ours: Spikes, readable: Spikes) -> None:
    """AssertionError unless both fire in the same order, and at the same times to 1e-9 ms."""
    assert np.array_equal(ours[1], readable[1]), "another order of spikes"
    assert np.abs(ours[0] - readable[0]).max() < 1e-9, "other times of spikes"


def same_spikes(ours: Spikes, theirs: Spikes, neurons: int) -> None:
    """AssertionError unless both fire equally often to 2 %, and nine of ten neurons first fire at the same time."""
    counts = len(ours[0]), len(theirs[0])
    assert abs(counts[1] - counts[0]) <= 0.02 * counts[0] + 1, f"{counts[0]} spikes of ours, {counts[1]} of Brian2"
    first = [np.full(neurons, DURATION) for _ in (ours, theirs)]
    for known, (when, who) in zip(first, (ours, theirs), strict=True):
        np.minimum.at(known, who, when)
    agree = np.abs(first[0] - first[1]) <= 2 * STEP
    assert agree.mean() >= 0.9, f"{agree.mean():.0%} of the neurons first fire at the same time"


if __name__ == "__main__":
    main("event_driven", measure, ("numpy", "numba", "brian2"))
