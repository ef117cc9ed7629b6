"""The exercises of the chapter on time surfaces."""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np

import solutions.time_surfaces as time_surfaces
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals, shuffled
from autograder.probes import array


def _fractions(rng: Random, step: int) -> float:
    """A time within a step, clear of its edges and of its middle."""
    return round(step + rng.choice([rng.uniform(0.05, 0.4), rng.uniform(0.6, 0.95)]), 3)


def _raster_cases(rng: Random) -> Iterator[Case]:
    for steps, channels in ((9, 4), (rng.randint(10, 14), rng.randint(5, 7))):
        places = rng.sample([(n, c) for n in range(steps - 1) for c in range(channels - 1)], 12)
        times = [_fractions(rng, n) for n, _ in places]
        times[:2] = places[0][0] + 0.25, places[1][0] + 0.75
        inputs: dict[str, Any] = {"times": array(times), "channels": array([c for _, c in places])}
        yield Case("places", "12 events", inputs | {"n_steps": steps, "n_channels": channels})
    once, twice, again = rng.sample(range(8), 3)
    places = shuffled(rng, range(3))
    times = [once + 0.5, twice + 0.25, twice + 0.375, twice + 0.4375, again + 0.25]
    inputs = {"times": array(times), "channels": array([places[n] for n in (0, 1, 1, 1, 2)])}
    yield Case("counts", "three events in one step of one channel", inputs | {"n_steps": 8, "n_channels": 3})
    twice, again = rng.randint(1, 5), rng.randrange(4)
    inputs = {"times": [0, twice, float(twice), 6], "channels": [0, 4, 4, again], "n_steps": 7, "n_channels": 5}
    yield Case("counts", "events exactly where a step begins", inputs)
    nothing = {"times": [], "channels": array([], "int"), "n_steps": rng.randint(3, 9), "n_channels": rng.randint(2, 6)}
    yield Case("edges", "no events", nothing)
    n_steps = rng.randint(7, 16)
    step = rng.randrange(n_steps - 1)
    inputs = {"times": array([_fractions(rng, step)]), "channels": array([0]), "n_steps": n_steps, "n_channels": 1}
    yield Case("edges", "one event in one channel", inputs)


_COUNTED = "np.add.at(counts, (np.floor(times).astype(int), np.asarray(channels, int)), 1)"

RASTER = Exercise(
    name="raster",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("places", 2, "puts every event into its step and its channel, time first"),
        Criterion("counts", 2, "counts several events in one place"),
        Criterion("edges", 1, "works without events, and for a single channel"),
    ),
    cases=_raster_cases,
    axes=("step", "events"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "axes_swapped",
            "Channels come first here, as in a picture. In all functions of this course time comes first: row n is "
            "what happens in step n.",
            (("return counts", "return counts.T"),),
        ),
        Misconception(
            "counted_once",
            "Several events in one place count as one here. Each of them adds 1 to what is there. With arrays of "
            "places, counts[t, c] += 1 adds only once to each place, however often it is listed; np.add.at adds each "
            "time.",
            ((_COUNTED, "counts[np.floor(times).astype(int), np.asarray(channels, int)] += 1"),),
        ),
        Misconception(
            "all_steps_alike",
            "All steps are alike: each row has the events of all of them. If the grid is made as [[0] * n] * m, all "
            "its rows are one and the same list.",
            (("return counts", "return counts.sum(axis=0) + 0 * counts"),),
        ),
        Misconception(
            "one_step_early",
            "Every event is one step too early. Steps are counted from 0: step 3, the fourth row, lasts from 3 until "
            "just before 4.",
            (("np.floor(times).astype(int)", "np.floor(times).astype(int) - 1"),),
            also=((("np.floor(times).astype(int)", "np.maximum(np.floor(times).astype(int) - 1, 0)"),),),
        ),
        Misconception(
            "one_step_late",
            "The events are one step too late. Step 3 lasts from 3 until just before 4, so 3.7 lies in step 3: cut "
            "the fraction off.",
            (("np.floor(times)", "np.ceil(times)"),),
            also=((("np.floor(times).astype(int)", "(np.floor(times).astype(int) + 1) % n_steps"),),),
        ),
        Misconception(
            "stretched",
            "The grid goes from the first event to the last, and is cut into n_steps and n_channels parts. Step 0 "
            "begins at time 0, and each lasts 1, whenever the events are: give np.histogram2d a range.",
            (("return counts", "return np.histogram2d(times, channels, bins=(n_steps, n_channels))[0]"),),
        ),
        Misconception(
            "sorted_alone",
            "The times no longer belong to their channels, as if one of them had been sorted by itself. The first time "
            "is that of the first channel, and so on.",
            (("np.floor(times)", "np.floor(np.sort(times))"),),
            also=(
                (("np.asarray(channels, int)", "np.sort(np.asarray(channels, int))"),),
                (
                    ("np.floor(times)", "np.floor(np.sort(times))"),
                    ("np.asarray(channels, int)", "np.sort(np.asarray(channels, int))"),
                ),
            ),
        ),
        Misconception(
            "steps_lost",
            "The events of all steps of a channel are counted together: when they happened is lost.",
            (("return counts", "return counts.sum(axis=0)"),),
        ),
        Misconception(
            "rounded",
            "The times are rounded to the nearest step. Step 3 lasts from 3 until just before 4, so 3.7 lies in "
            "step 3: cut the fraction off.",
            (("np.floor(times)", "np.floor(np.asarray(times) + 0.5)"),),
            also=((("np.floor(times)", "np.round(times)"),),),
        ),
        Misconception(
            "channels_upside_down",
            "The channels are in reverse order. A picture has its first row at the top, but turning it upside down is "
            "the drawing's job (origin='lower'), not the data's.",
            (("return counts", "return counts[:, ::-1]"),),
        ),
        Misconception(
            "channels_lost",
            "All events are in one row for all channels: the channel of each event is lost.",
            (("return counts", "return counts.sum(axis=1)"),),
        ),
    ),
    seconds=5,
)


def _events(rng: Random, steps: int, channels: int) -> list:
    """A few events in every channel, some of them double, none in the last step."""
    rows = [[0] * channels for _ in range(steps)]
    for channel in range(channels):
        for step in rng.sample(range(steps - 1), min(4, steps - 2)):
            rows[step][channel] = rng.choice([1, 1, 2])
    return rows


def _thumbnail_cases(rng: Random) -> Iterator[Case]:
    for steps, channels, columns, rows in ((4, 2, 3, 2), (3, 2, rng.randint(4, 5), rng.randint(2, 3))):
        spikes = [[rng.choice([0, 0, 1, 2, 3, 5, 9]) for _ in range(channels * rows)] for _ in range(steps * columns)]
        says = f"blocks of {steps} steps and {channels} channels"
        yield Case("means", says, {"spikes": array(spikes), "steps": steps, "channels": channels})
    levels = [[decimals(rng, 0, 1) for _ in range(7)] for _ in range(11)]
    yield Case("leftover", "11 steps of 7 channels, 4 x 3", {"spikes": array(levels), "steps": 4, "channels": 3})
    spikes = _events(rng, 8, 3)
    yield Case("edges", "blocks of 1 step and 1 channel", {"spikes": spikes, "steps": 1, "channels": 1})
    yield Case("edges", "one block", {"spikes": array(_events(rng, 6, 4)), "steps": 6, "channels": 4})


_MEANS = "return blocks.mean(axis=(1, 3)).T"

THUMBNAIL = Exercise(
    name="thumbnail",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("means", 3, "takes the mean of each block, channels down and time across"),
        Criterion("leftover", 1, "leaves out what does not fill a whole block"),
        Criterion("edges", 1, "works for blocks of one value, and for a single block"),
    ),
    cases=_thumbnail_cases,
    axes=("row of the picture", "mean"),
    places=("row", "column"),
    misconceptions=(
        Misconception(
            "time_down",
            "The picture is not turned: time runs down it, or the numbers are still in that order (reshape does not "
            "turn anything). In the functions of this course time comes first; in a picture the first axis is the "
            "row. So channels go down and time across: take .T.",
            ((_MEANS, "return blocks.mean(axis=(1, 3))"),),
            also=(((_MEANS, "return blocks.mean(axis=(1, 3)).reshape(rows, columns)"),),),
        ),
        Misconception(
            "summed",
            "A pixel is the sum of its block here. Its brightness then depends on the size of the block; divide by the "
            "number of values in it.",
            ((_MEANS, "return blocks.sum(axis=(1, 3)).T"),),
        ),
        Misconception(
            "brightest",
            "A pixel is the largest value of its block. That is a good way to keep single events, but one event and "
            "twenty look the same; the exercise asks for the mean.",
            ((_MEANS, "return blocks.max(axis=(1, 3)).T"),),
        ),
        Misconception(
            "every_nth",
            "Only the first value of each block is kept and all others are thrown away: most events are gone. Take the "
            "mean of the whole block.",
            ((_MEANS, "return blocks[:, 0, :, 0].T"),),
        ),
        Misconception(
            "block_turned",
            "The block has the wrong proportions: steps is its length along time, the first axis, and channels its "
            "length along the second.",
            (
                (
                    "spikes = np.asarray(spikes, dtype=float)",
                    "spikes = np.asarray(spikes, dtype=float)\n    steps, channels = channels, steps",
                ),
            ),
        ),
        Misconception(
            "neighbours_scattered",
            "Values from all over the array are averaged, not neighbours: reshape counts along the last axis first. "
            "Split an axis as (how many blocks, how long), in this order.",
            (
                (".reshape(columns, steps, rows, channels)", ".reshape(steps, columns, channels, rows)"),
                (_MEANS, "return blocks.mean(axis=(0, 2)).T"),
            ),
        ),
        Misconception(
            "several_count_as_one",
            "Several events in one place count as one here. The mean is that of the numbers in a block, whatever they "
            "are.",
            (("np.asarray(spikes, dtype=float)", "(np.asarray(spikes) > 0).astype(float)"),),
        ),
        Misconception(
            "block_built_in",
            "The blocks have the same size whatever is asked for. steps and channels say how large one is.",
            (
                (
                    "spikes = np.asarray(spikes, dtype=float)",
                    "spikes = np.asarray(spikes, dtype=float)\n    steps = channels = 5",
                ),
            ),
            also=tuple(
                (
                    (
                        "spikes = np.asarray(spikes, dtype=float)",
                        f"spikes = np.asarray(spikes, dtype=float)\n    steps = channels = {size}",
                    ),
                )
                for size in (2, 3, 4, 10)
            ),
        ),
        Misconception(
            "rest_cut_at_the_beginning",
            "What does not fill a whole block is left out at the beginning of an axis. The blocks begin at the first "
            "step and the first channel; the rest is at the end.",
            (
                (
                    "spikes[: columns * steps, : rows * channels]",
                    "spikes[spikes.shape[0] - columns * steps :, spikes.shape[1] - rows * channels :]",
                ),
            ),
        ),
        Misconception(
            "rest_kept",
            "What does not fill a whole block has a pixel of its own here. It should be left out.",
            (
                (
                    _MEANS,
                    "return np.array([[spikes[n : n + steps, c : c + channels].mean() for n in "
                    "range(0, spikes.shape[0], steps)] for c in range(0, spikes.shape[1], channels)])",
                ),
            ),
        ),
        Misconception(
            "sliding",
            "There is a pixel for every place where a block fits. The blocks lie side by side, and each is one pixel.",
            (
                (
                    _MEANS,
                    "return np.lib.stride_tricks.sliding_window_view(spikes, (steps, channels)).mean(axis=(2, 3)).T",
                ),
            ),
        ),
        Misconception(
            "whole_numbers",
            "The means are cut to whole numbers. // divides and rounds down, and so does an array of whole numbers.",
            ((_MEANS, "return np.floor(blocks.mean(axis=(1, 3))).T"),),
        ),
        Misconception(
            "upside_down",
            "The rows of the picture are in reverse order: channel 0 comes first. Putting it at the bottom is the "
            "drawing's job (origin='lower').",
            ((_MEANS, "return blocks.mean(axis=(1, 3)).T[::-1]"),),
        ),
        Misconception(
            "divided_by_one_length",
            "The sum of a block is divided by one of its lengths only. It has steps times channels values.",
            ((_MEANS, "return blocks.sum(axis=(1, 3)).T / steps"),),
            also=(((_MEANS, "return blocks.sum(axis=(1, 3)).T / channels"),),),
        ),
    ),
    seconds=5,
)


def _time_surface_cases(rng: Random) -> Iterator[Case]:
    for tau in (2, decimals(rng, 3, 9)):
        rows = [[0] * 4 for _ in range(14)]
        for channel, step in enumerate(rng.sample(range(1, 8), 4)):
            rows[step][channel] = 1
        yield Case("lone", f"one event in each of 4 channels, tau = {tau}", {"spikes": array(rows), "tau": tau})
    for steps, channels in ((16, 3), (rng.randint(12, 15), rng.randint(4, 6))):
        tau = decimals(rng, 2, 9)
        inputs = {"spikes": array(_events(rng, steps, channels)), "tau": tau}
        yield Case("adds", f"events close together, tau = {tau}", inputs)
    inputs = {"spikes": _events(rng, 9, 2), "tau": decimals(rng, 2, 5)}
    yield Case("edges", "whole numbers", inputs)
    inputs = {"spikes": array(_events(rng, 7, 3)), "tau": 1}
    yield Case("edges", "tau = 1: no memory", inputs)
    inputs = {"spikes": array([[0] * 3 for _ in range(5)]), "tau": decimals(rng, 2, 5)}
    yield Case("edges", "silence", inputs)
    late = [[0] for _ in range(1000)] + _events(rng, 6, 1)
    yield Case("edges", "events after a thousand steps", {"spikes": array(late), "tau": decimals(rng, 2, 5)})


_SURFACE = "return leaky_integrator(spikes, tau)"
_LOOP = """v, rows = 0.0, []
    for i in np.asarray(spikes, dtype=float):
        v = {step}
        rows.append(v)
    return np.array(rows)"""

TIME_SURFACE = Exercise(
    name="time_surface",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("lone", 3, "lets a single event rise to 1/tau and fade"),
        Criterion("adds", 2, "adds an event to what is left of those before"),
        Criterion("edges", 1, "works for whole numbers, for tau = 1, in silence, and after 1000 steps"),
    ),
    cases=_time_surface_cases,
    axes=("step", "voltage v"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "axes_swapped",
            "The leak runs along the channels, so each channel leaks into its neighbour. Time comes first in spikes, "
            "just as your leaky integrator wants it: nothing has to be turned.",
            ((_SURFACE, "return leaky_integrator(np.transpose(spikes), tau).T"),),
        ),
        Misconception(
            "sum_instead_of_leak",
            "The events are summed up and nothing ever fades: this counts all events so far, and does not know when "
            "they came. The voltage has to leak.",
            ((_SURFACE, "return np.cumsum(spikes, axis=0) / tau"),),
        ),
        Misconception(
            "no_decay_between_events",
            "The voltage changes only where there is an event, and stays the same between events. A step without an "
            "event is a step with a current of zero: the voltage leaks in it too.",
            ((_SURFACE, _LOOP.format(step="np.where(i > 0, v + (i - v) / tau, v)")),),
        ),
        Misconception(
            "earlier_events_dropped",
            "Each event starts the voltage anew, and what was left of the earlier ones is dropped. Here an event adds "
            "to what is there. Your way is another kind of time surface, which comes later in this chapter.",
            ((_SURFACE, _LOOP.format(step="np.where(i > 0, i / tau, v - v / tau)")),),
        ),
        Misconception(
            "one_event_is_one",
            "A single event lifts your voltage to 1. In (i - v)/tau the event is divided by tau as well: it lifts the "
            "voltage to 1/tau.",
            ((_SURFACE, "return tau * leaky_integrator(spikes, tau)"),),
        ),
        Misconception(
            "tau_counted_twice",
            "The time constant counts twice, so events fade tau times too slowly. Have another look at the check under "
            "leaky_integrator in its chapter.",
            ((_SURFACE, "return leaky_integrator(spikes, tau * tau)"),),
        ),
        Misconception(
            "one_step_late",
            "Every value is right but comes one step late. The row of a step holds the voltage after its events.",
            ((_SURFACE, "return leaky_integrator(np.concatenate([0 * np.array(spikes[:1]), spikes[:-1]]), tau)"),),
        ),
        Misconception(
            "turned_for_the_picture",
            "The values are right but turned for the picture, channels first. The function returns (T, N), as it was "
            "given; turn it when you draw.",
            ((_SURFACE, "return leaky_integrator(spikes, tau).T"),),
        ),
        Misconception(
            "only_the_last_moment",
            "Only the last row is returned: one moment. The surface is the whole history, a row for each step.",
            ((_SURFACE, "return leaky_integrator(spikes, tau)[-1]"),),
        ),
        Misconception(
            "exact_step",
            "This is the exact step, with exp(-1/tau). The voltages asked for are those of your leaky integrator, "
            "which takes Euler's: v + (i - v)/tau.",
            ((_SURFACE, _LOOP.format(step="i + (v - i) * np.exp(-1 / tau)")),),
        ),
        Misconception(
            "exponential_decay",
            "The voltage decays by exp(-1/tau) here, and an event is added whole or divided by tau. The voltages "
            "asked for are those of your leaky integrator: v + (i - v)/tau.",
            ((_SURFACE, _LOOP.format(step="v * np.exp(-1 / tau) + i")),),
            also=(((_SURFACE, _LOOP.format(step="v * np.exp(-1 / tau) + i / tau")),),),
        ),
        Misconception(
            "normalised",
            "The surface is divided by its largest value. A single event lifts it to 1/tau, and nothing should be "
            "scaled: leave that to the colours of a picture.",
            ((_SURFACE, "v = leaky_integrator(spikes, tau)\n    return v / v.max()"),),
            also=(((_SURFACE, "v = leaky_integrator(spikes, tau)\n    return v / v.max(axis=0)"),),),
        ),
        Misconception(
            "one_voltage_for_all_channels",
            "One channel carries on from the voltage of another. Each channel has a voltage of its own, which starts "
            "at 0.",
            (
                (
                    _SURFACE,
                    "return leaky_integrator(np.transpose(spikes).reshape(-1), tau).reshape(np.shape(spikes)[::-1]).T",
                ),
            ),
            also=(((_SURFACE, "return leaky_integrator(np.reshape(spikes, -1), tau).reshape(np.shape(spikes))"),),),
        ),
        Misconception(
            "always_one_tau",
            "The voltages fade at the same pace whatever tau is. Use the tau that the function is given.",
            ((_SURFACE, "return leaky_integrator(spikes, 20)"),),
            also=tuple(((_SURFACE, f"return leaky_integrator(spikes, {tau})"),) for tau in (5, 10, 50, 100)),
        ),
        Misconception(
            "several_count_as_one",
            "Several events in one place count as one here. The current is their number.",
            ((_SURFACE, "return leaky_integrator(np.asarray(spikes) > 0, tau)"),),
        ),
        Misconception(
            "channels_added",
            "The events of all channels go into one membrane. Each channel has its own: (T, N) in, (T, N) out.",
            ((_SURFACE, "return leaky_integrator(np.sum(spikes, axis=1), tau)"),),
        ),
        Misconception(
            "backwards_in_time",
            "The surface is at its highest before an event and not after it: time runs backwards here.",
            ((_SURFACE, "return leaky_integrator(np.asarray(spikes)[::-1], tau)[::-1]"),),
        ),
    ),
    seconds=5,
)


def _margin(spikes: list, tau: float, threshold: float) -> float:
    """How close a voltage ever comes to the threshold: where it is very close, rounding would decide."""
    closest = 1.0
    for train in zip(*spikes, strict=True):
        v = 0.0
        for i in train:
            v += (i - v) / tau
            closest = min(closest, abs(v - threshold))
            v *= v < threshold
    return closest


def _firing(rng: Random, steps: int) -> dict:
    """Channels from a steady stream to a few events, with a time constant and a threshold that no voltage grazes."""
    while True:
        rows = [[1, int(n % 2 == 0), int(rng.random() < 0.6), int(n in (1, 2))] for n in range(steps)]
        tau, threshold = decimals(rng, 3, 5), decimals(rng, 0.4, 0.55)
        if _margin(rows, tau, threshold) > 0.003:
            return {"spikes": array(rows), "tau": tau, "threshold": threshold}


def _several(rng: Random) -> dict:
    """Up to six events in a place, and a threshold that takes many, or a few that come together."""
    while True:
        rows = [[rng.choice([0, 1, 2, 4, 6]) for _ in range(3)] for _ in range(16)]
        tau, threshold = decimals(rng, 3, 5), decimals(rng, 1.1, 1.6)
        if _margin(rows, tau, threshold) > 0.003:
            return {"spikes": array(rows), "tau": tau, "threshold": threshold}


def _alternating(rng: Random) -> list:
    """Single events, with at least one in every channel, and never one in the first step or one after the other."""
    columns = []
    for _ in range(3):
        first = rng.randint(1, 3)
        columns.append([int(n >= first and (n - first) % rng.randint(2, 3) == 0) for n in range(8)])
    return [list(row) for row in zip(*columns, strict=True)]


def _spiking_cases(rng: Random) -> Iterator[Case]:
    for tau, low, high in ((3, 0.6, 0.65), (4, 0.53, 0.57)):
        begins, threshold = rng.sample(range(10), 3), decimals(rng, low, high)
        lasts = shuffled(rng, [2, 3, 6])
        bursts = list(zip(begins, lasts, strict=True))
        rows = [[int(begin <= n < begin + last) for begin, last in bursts] for n in range(16)]
        inputs = {"spikes": array(rows), "tau": tau, "threshold": threshold}
        yield Case("gathers", f"bursts of events, tau = {tau}, threshold = {threshold}", inputs)
    for steps in (21, rng.randint(22, 26)):
        inputs = _firing(rng, steps)
        yield Case("resets", f"events that go on, tau = {inputs['tau']}, threshold = {inputs['threshold']}", inputs)
    for criterion in ("gathers", "resets"):
        inputs = _several(rng)
        says = f"several events in one place, tau = {inputs['tau']}, threshold = {inputs['threshold']}"
        yield Case(criterion, says, inputs)
    for tau in (2, 4):
        one = {"spikes": array(_alternating(rng)), "tau": tau, "threshold": 1 / tau}
        yield Case("edges", f"a voltage exactly at the threshold, tau = {tau}", one)
    inputs = {"spikes": [[1, 2], [1, 1], [1, 2]], "tau": decimals(rng, 3, 5), "threshold": 5}
    yield Case("edges", "a threshold out of reach", inputs)
    late = [[0] for _ in range(1000)] + [[n % 2] for n in range(rng.randint(6, 9))]
    yield Case("edges", "events after a thousand steps", {"spikes": array(late), "tau": 2, "threshold": 0.6})


_FIRING = "fired, _membrane = leaky_integrate_and_fire(spikes, tau, threshold)\n    return fired"
_OWN_NEURON = """v, rows = 0.0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + (i - v) / tau
        z = (v {reaches} threshold).astype(float)
        v = {after}
        rows.append(z)
    return np.array(rows)"""

SPIKING_TIME_SURFACE = Exercise(
    name="spiking_time_surface",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("gathers", 2, "fires where enough events come together"),
        Criterion("resets", 2, "starts again from 0 after each spike"),
        Criterion("edges", 1, "fires exactly at the threshold, never when it is out of reach, and after 1000 steps"),
    ),
    cases=_spiking_cases,
    axes=("step", "spike"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "membrane_returned",
            "These are the voltages, not the spikes. Your neuron returns both, (output, membrane), and the spikes are "
            "the first.",
            (("return fired", "return _membrane"),),
        ),
        Misconception(
            "both_returned",
            "Both parts are returned, spikes and voltages. Only the spikes were asked for, one array of shape (T, N).",
            (("return fired", "return fired, _membrane"),),
        ),
        Misconception(
            "no_reset",
            "This marks every step in which the surface is above the threshold. A neuron that has fired starts again "
            "from 0, and needs new events to fire again.",
            ((_FIRING, "return (leaky_integrator(spikes, tau) >= threshold).astype(float)"),),
        ),
        Misconception(
            "reset_to_one",
            "After a spike the voltage goes to 1 here, above the threshold, so one spike sets off the next. It starts "
            "again from 0.",
            ((_FIRING, _OWN_NEURON.format(reaches=">=", after="(1 - z) * v + z")),),
        ),
        Misconception(
            "above_only",
            "A voltage exactly at the threshold does not fire here. Reaching it counts: >= instead of >.",
            ((_FIRING, _OWN_NEURON.format(reaches=">", after="(1 - z) * v")),),
        ),
        Misconception(
            "axes_swapped",
            "The neurons run along the channels instead of along time. Time comes first in spikes, as your neuron "
            "wants it: nothing has to be turned.",
            ((_FIRING, "return leaky_integrate_and_fire(np.transpose(spikes), tau, threshold)[0].T"),),
        ),
        Misconception(
            "every_event_fires",
            "Every event makes a spike, whatever the threshold is. An event lifts the voltage by 1/tau only; the "
            "neuron fires where the voltage reaches the threshold that the function is given.",
            ((_FIRING, "return (np.asarray(spikes) > 0).astype(float)"),),
        ),
        Misconception(
            "event_lifts_by_one",
            "An event lifts the voltage by 1, so that nearly every event is a spike. In (i - v)/tau the event is "
            "divided by tau as well: it lifts the voltage by 1/tau.",
            ((_FIRING, _OWN_NEURON.format(reaches=">=", after="(1 - z) * v").replace("(i - v) / tau", "i - v / tau")),),
            also=(
                (
                    (
                        _FIRING,
                        _OWN_NEURON.format(reaches=">=", after="(1 - z) * v").replace(
                            "v + (i - v) / tau", "v * np.exp(-1 / tau) + i"
                        ),
                    ),
                ),
            ),
        ),
        Misconception(
            "one_fires_all_reset",
            "One channel's spike resets all of them here. Each channel has a neuron of its own.",
            ((_FIRING, _OWN_NEURON.format(reaches=">=", after="(1 - z.max()) * v")),),
        ),
        Misconception(
            "reset_by_subtraction",
            "The threshold is subtracted at a spike, so what was above it is kept. The neuron starts again from 0.",
            ((_FIRING, _OWN_NEURON.format(reaches=">=", after="v - z * threshold")),),
        ),
        Misconception(
            "no_leak",
            "Events are only added up, and nothing leaks: they make a spike however far apart they are. In each "
            "step the voltage leaks, v + (i - v)/tau.",
            ((_FIRING, _OWN_NEURON.format(reaches=">=", after="(1 - z) * v").replace("(i - v) / tau", "i / tau")),),
        ),
        Misconception(
            "spike_times",
            "These are the steps in which each channel fires, or the places. The exercise asks for an array like "
            "spikes, with a 1 where a neuron fires and 0 elsewhere.",
            (
                (
                    _FIRING,
                    "fired, _ = leaky_integrate_and_fire(spikes, tau, threshold)\n"
                    "    return [[int(n) for n in np.flatnonzero(train)] for train in fired.T]",
                ),
            ),
            also=(
                (
                    (
                        _FIRING,
                        "fired, _ = leaky_integrate_and_fire(spikes, tau, threshold)\n    return np.nonzero(fired)",
                    ),
                ),
                (
                    (
                        _FIRING,
                        "fired, _ = leaky_integrate_and_fire(spikes, tau, threshold)\n    return np.argwhere(fired)",
                    ),
                ),
            ),
        ),
        Misconception(
            "height_of_the_voltage",
            "The voltage is written where there is a spike. A spike has no height: it is 1, or 0.",
            (
                (
                    _FIRING,
                    _OWN_NEURON.format(reaches=">=", after="(1 - z) * v")
                    .replace("append(z)", "append(z * h)")
                    .replace("z = (v", "h = v\n        z = (v"),
                ),
            ),
        ),
    ),
    seconds=5,
)


def _slider_cases(rng: Random) -> Iterator[Case]:
    def asked(start: int, *places: int) -> dict:
        return {"part": "what", "start": start, "moves": [["value", tau] for tau in places]}

    places = rng.sample(range(3, 99), 6)
    yield Case("redraws", "moved three times", asked(*places[:4]))
    yield Case("redraws", "moved once", asked(*places[4:]))
    for _ in range(2):
        places = rng.sample(range(11, 48, 2), 3) + rng.sample(range(12, 49, 2), 3)
        rng.shuffle(places)
        ends = shuffled(rng, [2, 100])
        moves: list[list] = [["by hand", tau] for tau in (*places[1:3], ends[0], *places[3:5], ends[1], places[5])]
        yield Case("range", "moved to both ends", {"part": "what", "start": places[0], "moves": moves})
        beyond = [0, 1, 101, 130, places[1] + 0.3, places[2] + 0.6]
        moves = [["by hand", tau] for tau in shuffled(rng, beyond)]
        says = "moved to where it should not go"
        yield Case("range", says, {"part": "beyond", "start": places[0], "moves": moves})
    for _ in range(2):
        places = rng.sample(range(12, 49), 7)
        moves = [["value", tau] for tau in places[1:]]
        moves += [["description", f"tau {n}"] for n in range(5)] + [["disabled", True]]
        inputs = {"part": "when", "start": places[0], "moves": shuffled(rng, moves)}
        yield Case("nothing_else", "moved six times, and something else of it changed in between", inputs)


TAU_SLIDER = Exercise(
    name="tau_slider",
    module=time_surfaces,
    probe="time_surfaces.moved",
    measure="time_surfaces.redrawn",
    criteria=(
        Criterion("redraws", 3, "redraws, with the new time constant, whenever it is moved"),
        Criterion("range", 1, "reaches the whole numbers from 2 to 100, and no others", holds="time_surfaces.reaches"),
        Criterion(
            "nothing_else", 1, "draws at each move, and at no other change", holds="time_surfaces.draws_when_moved"
        ),
    ),
    cases=_slider_cases,
    axes=("move", "time constant drawn"),
    misconceptions=(
        Misconception(
            "never_redraws",
            "The slider moves but nothing is drawn: no function listens. Its method observe takes the function to "
            "call at a change.",
            (('control.observe(lambda change: draw(change["new"]), names="value")', "draw(control.value)"),),
        ),
        Misconception(
            "whole_change",
            "draw gets the whole report of the change, and not a number. The new value is in it: change['new'].",
            (('draw(change["new"])', "draw(change)"),),
        ),
        Misconception(
            "old_value",
            "Each time the value before the move is drawn: the picture always lags one move behind. The new one is "
            "change['new'].",
            (('draw(change["new"])', 'draw(change["old"])'),),
        ),
        Misconception(
            "first_value_again",
            "It does draw at every move, but always with the value the slider began with. Take the value from the "
            "change, or from the slider at that moment.",
            (
                ("    control.observe", "    start = control.value\n    control.observe"),
                ('draw(change["new"])', "draw(start)"),
            ),
        ),
        Misconception(
            "any_change",
            "It draws at every change of any property of the slider, its label too. Observe only the value: "
            "names='value'.",
            ((', names="value"', ""),),
            also=(
                (
                    (', names="value"', ""),
                    ('draw(change["new"])', "draw(control.value)"),
                ),
            ),
        ),
        Misconception(
            "drawn_twice",
            "Each move draws twice. One function that is called at a change is enough.",
            (('draw(change["new"])', '(draw(change["new"]), draw(change["new"]))'),),
        ),
        Misconception(
            "no_limits",
            "It can be moved below 2, or beyond 100. An IntSlider goes from 0 to 100 unless you say min and max.",
            (("min=2, max=100, ", ""),),
            also=tuple((("min=2, max=100", f"min={low}, max={high}"),) for low, high in ((0, 200), (2, 200), (2, 150))),
        ),
        Misconception(
            "fractions",
            "It can be moved to fractions of a step. The exercise asks for whole time constants: an IntSlider, or "
            "step=1.",
            (("IntSlider", "FloatSlider"),),
            also=((("IntSlider", "FloatSlider"), ("max=100", "max=100, step=0.5")),),
        ),
        Misconception(
            "not_every_one",
            "It leaves out whole numbers between 2 and 100: it moves in larger steps than one.",
            (("max=100", "max=100, step=2"),),
            also=tuple((("max=100", f"max=100, step={step}"),) for step in (5, 7, 10)),
        ),
        Misconception(
            "too_short",
            "The slider does not cover the whole range from 2 to 100 steps: it stops on the way.",
            (("min=2, max=100", "min=10, max=50"), ('draw(change["new"])', 'draw(min(max(change["new"], 10), 50))')),
        ),
    ),
    seconds=10,
    in_page=None,  # ipywidgets
)


def _last_event_inputs(times: list, channels: list, n_channels: int, t: float, tau: float) -> dict:
    return {"times": array(times), "channels": array(channels), "n_channels": n_channels, "t": t, "tau": tau}


def _last_event_cases(rng: Random) -> Iterator[Case]:
    for n in (4, 6):
        times = sorted(decimals(rng, 1, 20) if n == 4 else decimals(rng, 19, 21) for _ in range(n))
        t, tau = (decimals(rng, 21, 25), decimals(rng, 3, 12)) if n == 4 else (21.5, decimals(rng, 0.6, 1.6))
        inputs = _last_event_inputs(times, rng.sample(range(n), n), n, t, tau)
        yield Case("fades", f"one event in each channel, t = {t}, tau = {tau}", inputs)
    for n, order in ((3, "in the order of time"), (rng.randint(4, 5), "in no order")):
        times = [decimals(rng, 5 * k + 1, 5 * k + 5) for k in range(4) for _ in range(n)]
        events = [(time, place % n) for place, time in enumerate(times)]
        if order == "in the order of time":
            events.sort()
        else:
            rng.shuffle(events)
            events.sort(key=lambda event: event[0] < 15)  # those after 15 first: one of each channel
        t, tau = decimals(rng, 21, 25), decimals(rng, 5, 20)
        inputs = _last_event_inputs([time for time, _ in events], [channel for _, channel in events], n, t, tau)
        yield Case("latest", f"four events in each channel, {order}, t = {t}", inputs)
    for t in (10, rng.randint(11, 20)):
        times = [t - decimals(rng, 2, 9) for _ in range(4)] + [t, *(t + decimals(rng, 0.5, 4) for _ in range(3)), t]
        inputs = _last_event_inputs(times, [0, 1, 2, 3, 4, 0, 1, 2, 3], 5, t, decimals(rng, 3, 9))
        yield Case("until_now", f"events before, at and after t = {t}", inputs)
    for n in (5, 6):
        places = rng.sample(range(n), 3)
        inputs = _last_event_inputs([0, *(decimals(rng, 2, 5) for _ in range(2))], places, n, 6, decimals(rng, 3, 9))
        yield Case("silent", f"three events in {n} channels, one of them at time 0", inputs)
    inputs = _last_event_inputs([], [], 3, decimals(rng, 1, 5), 4)
    yield Case("silent", "no event at all", inputs)


_LATEST = "np.maximum.at(latest, channels[happened], times[happened])"
_FADED = "return np.exp((latest - t) / tau)"

LAST_EVENT_SURFACE = Exercise(
    name="last_event_surface",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("fades", 2, "lets each channel fade from 1 since its event"),
        Criterion("latest", 2, "goes by the latest event of a channel, in whatever order they are listed"),
        Criterion("until_now", 1, "counts an event at t, and none after it"),
        Criterion("silent", 1, "is 0 where there has been no event yet, but not where there was one at time 0"),
    ),
    cases=_last_event_cases,
    axes=("channel", "surface"),
    places=("channel",),
    misconceptions=(
        Misconception(
            "oldest_kept",
            "The first event of each channel is kept, and later ones change nothing. The latest is the one that "
            "counts.",
            (
                ("np.full(n_channels, -np.inf)", "np.full(n_channels, np.inf)"),
                (_LATEST, "np.minimum.at(latest, channels[happened], times[happened])"),
                (_FADED, "return np.where(latest < np.inf, np.exp((np.minimum(latest, t) - t) / tau), 0)"),
            ),
        ),
        Misconception(
            "first_in_the_list",
            "The event of a channel that is listed first stays, and those after it change nothing. It is the latest "
            "that counts: whenever there is a later one, it takes its place.",
            ((_LATEST, "latest[channels[happened][::-1]] = times[happened][::-1]"),),
        ),
        Misconception(
            "last_in_the_list",
            "The event that is listed last counts here, not the one that happened last. The events may come in any "
            "order: take the largest time.",
            ((_LATEST, "latest[channels[happened]] = times[happened]"),),
        ),
        Misconception(
            "time_instead_of_fading",
            "These are the times of the last events themselves. The surface is what is left of the events at t: "
            "exp(-(t - time) / tau).",
            ((_FADED, "return np.maximum(latest, 0)"),),
        ),
        Misconception(
            "events_added_up",
            "What is left of all events of a channel is added up, as in a leaky integrator. Here only the latest "
            "counts: a new event puts the surface back to 1.",
            (
                (_FADED, "return summed"),
                (
                    _LATEST,
                    "summed = np.zeros(n_channels)\n    "
                    "np.add.at(summed, channels[happened], np.exp((times[happened] - t) / tau))",
                ),
            ),
        ),
        Misconception(
            "sees_the_future",
            "Events after t count here, though at t they have not happened yet. Leave them out.",
            (("times <= t", "times <= np.inf"),),
        ),
        Misconception(
            "not_yet_at_t",
            "An event exactly at t is left out. It has happened, and is at 1: <= instead of <.",
            (("times <= t", "times < t"),),
        ),
        Misconception(
            "silence_is_an_event",
            "A channel without an event is treated as if it had one at time 0. It has none: its surface is 0.",
            (("np.full(n_channels, -np.inf)", "np.zeros(n_channels)"),),
        ),
        Misconception(
            "no_event_at_zero",
            'An event at time 0 is treated as no event. A time of 0 is as good as any other: the mark for "no event '
            'yet" must not be a possible time.',
            (
                ("np.full(n_channels, -np.inf)", "np.zeros(n_channels)"),
                (_FADED, "return np.where(latest == 0, 0, np.exp((latest - t) / tau))"),
            ),
        ),
        Misconception(
            "only_who_spoke",
            "There is a value for each channel that has spoken, and none for the others. There are n_channels, and "
            "those that have not spoken are at 0.",
            ((_FADED, "return np.exp((latest - t) / tau)[latest > -np.inf]"),),
        ),
        Misconception(
            "sorted_alone",
            "The times no longer belong to their channels, as if they had been sorted by themselves. The first time is "
            "that of the first channel, and so on: sort both, or none.",
            (("np.asarray(times, dtype=float)", "np.sort(np.asarray(times, dtype=float))"),),
        ),
        Misconception(
            "no_age",
            "The exponent holds the time of the event, not how long ago it was: t minus that time.",
            ((_FADED, "return np.where(latest > -np.inf, np.exp(-latest / tau), 0)"),),
        ),
        Misconception(
            "euler_fading",
            "The surface fades as a leaky integrator does, by 1 - 1/tau in a step. Here it is exp(-(t - time) / tau).",
            ((_FADED, "return np.where(latest > -np.inf, (1 - 1 / tau) ** (t - np.maximum(latest, 0)), 0)"),),
        ),
        Misconception(
            "straight_line",
            "The surface falls along a straight line. It fades as exp(-(t - time) / tau).",
            ((_FADED, "return np.where(latest > -np.inf, np.maximum(1 - (t - np.maximum(latest, 0)) / tau, 0), 0)"),),
            also=(((_FADED, "return np.where(latest > -np.inf, 1 - (t - np.maximum(latest, 0)) / tau, 0)"),),),
        ),
        Misconception(
            "grows",
            "The surface grows with the time since the event. The exponent has lost its minus sign: exp(-(t - time) / "
            "tau).",
            ((_FADED, "return np.where(latest > -np.inf, np.exp((t - latest) / tau), 0)"),),
        ),
        Misconception(
            "tau_multiplies",
            "tau is used as a rate, but it is a time: the larger tau, the slower the fading. Divide by it.",
            ((_FADED, "return np.exp((latest - t) * tau)"),),
        ),
        Misconception(
            "one_over_tau",
            "The values are divided by tau, as in the leaky integrator. Here an event is at 1 when it happens.",
            ((_FADED, "return np.exp((latest - t) / tau) / tau"),),
        ),
    ),
    seconds=5,
)


def _matching_cases(rng: Random) -> Iterator[Case]:
    for tau in (2, 10, decimals(rng, 3, 9), decimals(rng, 15, 60)):
        yield Case("matches", f"tau = {tau}", {"tau": tau})
    tau = decimals(rng, 1.05, 1.5)
    yield Case("short", f"tau = {tau}", {"tau": tau})


_MATCHING = "-1 / np.log(1 - 1 / tau)"

MATCHING_TAU = Exercise(
    name="matching_tau",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("matches", 2, "makes exp(-1/matching_tau) what a leaky integrator keeps in a step"),
        Criterion("short", 1, "works for a time constant close to one step"),
    ),
    cases=_matching_cases,
    axes=("tau", "matching tau"),
    misconceptions=(
        Misconception(
            "the_same",
            "The answer is nearly tau, but not quite: in a step the leaky integrator keeps 1 - 1/tau, and exp(-1/tau) "
            "is a little more. Which time constant gives 1 - 1/tau?",
            ((_MATCHING, "tau"),),
        ),
        Misconception(
            "half_a_step_less",
            "tau - 1/2 is a very good approximation when tau is large. But there is an exact one: solve "
            "exp(-1/x) = 1 - 1/tau for x.",
            ((_MATCHING, "tau - 0.5"),),
        ),
        Misconception(
            "negative",
            "The sign is wrong: the logarithm of a number below one is negative, and a time constant is positive.",
            ((_MATCHING, "1 / np.log(1 - 1 / tau)"),),
        ),
        Misconception(
            "upside_down",
            "This is the rate of the decay. The time constant is one over it.",
            ((_MATCHING, "-np.log(1 - 1 / tau)"),),
        ),
        Misconception(
            "what_is_kept",
            "This is the factor that is kept in a step. The question was for the time constant x with exp(-1/x) equal "
            "to it.",
            ((_MATCHING, "1 - 1 / tau"),),
        ),
        Misconception(
            "other_logarithm",
            "The logarithm has the wrong base. It has to undo exp, so it is the natural logarithm: np.log, math.log.",
            ((_MATCHING, "-1 / np.log10(1 - 1 / tau)"),),
            also=(((_MATCHING, "-1 / np.log2(1 - 1 / tau)"),),),
        ),
        Misconception(
            "tau_times_logarithm",
            "tau multiplies the logarithm, or is divided by it. Solve -1/x = log(1 - 1/tau) for x: the logarithm is "
            "in the denominator, and tau only inside it.",
            ((_MATCHING, "-tau * np.log(1 - 1 / tau)"),),
            also=(((_MATCHING, "-tau / np.log(1 - 1 / tau)"),),),
        ),
        Misconception(
            "the_example_scaled",
            "The one example, 9.49 for 10, is scaled to other time constants. The difference is about half a step "
            "whatever tau is; the exact value is the x that solves exp(-1/x) = 1 - 1/tau.",
            ((_MATCHING, "0.949 * tau"),),
            also=(((_MATCHING, "tau * -0.1 / np.log(0.9)"),),),
        ),
        Misconception(
            "other_way_round",
            "This is the tau of a leaky integrator that keeps exp(-1/tau) in a step. It is the other way round: tau is "
            "the leaky integrator's, and the exponential is to match it.",
            ((_MATCHING, "1 / (1 - np.exp(-1 / tau))"),),
        ),
        Misconception(
            "plus_inside",
            "There is 1 + 1/tau in the logarithm. What a leaky integrator keeps in a step is 1 - 1/tau.",
            ((_MATCHING, "1 / np.log(1 + 1 / tau)"),),
            also=(((_MATCHING, "-1 / np.log(1 + 1 / tau)"),),),
        ),
        Misconception(
            "logarithm_of_tau",
            "There is only 1/tau in the logarithm, the part that is lost in a step. It is what is kept, 1 - 1/tau.",
            ((_MATCHING, "-1 / np.log(1 / tau)"),),
            also=(((_MATCHING, "1 / np.log(1 / tau)"),),),
        ),
    ),
    seconds=5,
)


CLEAR = 1e-2
"""Two centroids are never as nearly as near as this: rounding would decide."""


def _classes(rng: Random, labels: list[int]) -> dict:
    """Overlapping clouds of different sizes in three dimensions, in no order, and points between them."""
    centres = {label: [decimals(rng, -1.5, 1.5) for _ in range(3)] for label in labels}
    drawn = [label for size, label in enumerate(labels, start=2) for _ in range(2 * size)]
    rng.shuffle(drawn)
    train = np.array([[round(x + rng.gauss(0, 0.6), 3) for x in centres[label]] for label in drawn])
    centroids = np.array([train[np.equal(drawn, label)].mean(axis=0) for label in labels])
    test: list[list[float]] = []
    while len(test) < 24:
        one = [decimals(rng, -3, 3) for _ in range(3)]
        first, second = np.sort(((centroids - one) ** 2).sum(axis=1))[:2]
        if second - first > CLEAR:
            test.append(one)
    return {"train": array(train.tolist()), "labels": array(drawn), "test": array(test)}


def _centroid_cases(rng: Random) -> Iterator[Case]:
    for _ in range(2):
        yield Case("nearest", "three classes, called 0, 1 and 2", _classes(rng, [0, 1, 2]))
    for _ in range(2):
        names = [*rng.sample(range(3, 50), 2), rng.randint(-20, -1)]
        yield Case("labels", f"classes called {names[0]}, {names[1]} and {names[2]}", _classes(rng, names))
    near, far = rng.sample(range(3, 1000), 2)
    inputs = {"train": [[0, 0], [1, 0], [9, 9], [8, 9]], "labels": [near, near, far, far]}
    one = [[decimals(rng, 6, 12), decimals(rng, 6, 12)]]
    yield Case("edges", "a single test example", inputs | {"test": one})


_CENTROIDS = "train[labels == one].mean(axis=0)"

NEAREST_CENTROID = Exercise(
    name="nearest_centroid",
    module=time_surfaces,
    probe="call",
    criteria=(
        Criterion("nearest", 3, "gives each example the class whose centroid is nearest"),
        Criterion("labels", 2, "returns the labels, whatever they are called"),
        Criterion("edges", 1, "works for a single test example"),
    ),
    cases=_centroid_cases,
    axes=("test example", "label"),
    places=("test example",),
    misconceptions=(
        Misconception(
            "wrong_axis",
            "Only the mean over the features counts here, as if an example and a centroid were one number. A centroid "
            "has as many features as an example: take the mean over the examples only, axis 0, and compare feature by "
            "feature: square each difference, then add.",
            ((_CENTROIDS, "train[labels == one].mean(keepdims=True)[0]"),),
        ),
        Misconception(
            "not_squared",
            "The differences are added up with their signs, so that it is always the same class that is nearest. "
            "Square each difference before you add.",
            (("((test[:, None] - centroids) ** 2).sum", "(test[:, None] - centroids).sum"),),
            also=((("((test[:, None] - centroids) ** 2).sum", "(centroids - test[:, None]).sum"),),),
        ),
        Misconception(
            "absolute_differences",
            'The differences are added up without their signs. "Nearest" refers to the squares: square each '
            "difference, then add.",
            (("((test[:, None] - centroids) ** 2).sum", "np.abs(test[:, None] - centroids).sum"),),
        ),
        Misconception(
            "largest_difference",
            "Only the feature that differs most counts. Square the difference of each feature, then add them all.",
            (("((test[:, None] - centroids) ** 2).sum", "np.abs(test[:, None] - centroids).max"),),
        ),
        Misconception(
            "distances_returned",
            "These are the distances to the centroids. The exercise asks for a label for each test example: that of "
            "the class with the smallest distance.",
            (("classes[distances.argmin(axis=1)]", "distances"),),
            also=(
                (("classes[distances.argmin(axis=1)]", "np.sqrt(distances)"),),
                (("classes[distances.argmin(axis=1)]", "distances.min(axis=1)"),),
                (("classes[distances.argmin(axis=1)]", "np.sqrt(distances.min(axis=1))"),),
            ),
        ),
        Misconception(
            "centroids_returned",
            "These are the centroids. The exercise asks for a label for each test example: that of the class whose "
            "centroid is nearest.",
            (("classes[distances.argmin(axis=1)]", "centroids"),),
            also=((("classes[distances.argmin(axis=1)]", "centroids[distances.argmin(axis=1)]"),),),
        ),
        Misconception(
            "median",
            "This is the median of the examples of a class. A centroid is their mean.",
            ((_CENTROIDS, "np.median(train[labels == one], axis=0)"),),
        ),
        Misconception(
            "labels_taken_as_sorted",
            "The examples are cut into equal runs, as if they came sorted by class. They come in any order: pick those "
            "of a class by their label.",
            (
                (
                    f"[{_CENTROIDS} for one in classes]",
                    "[part.mean(axis=0) for part in np.array_split(train, len(classes))]",
                ),
            ),
        ),
        Misconception(
            "place_instead_of_label",
            "The index of the nearest centroid is returned, 0, 1, 2..., and not the label of its class.",
            (("classes[distances.argmin(axis=1)]", "distances.argmin(axis=1)"),),
        ),
        Misconception(
            "farthest",
            "This is the class whose centroid is farthest away: argmax where argmin is needed.",
            (("distances.argmin", "distances.argmax"),),
        ),
        Misconception(
            "sums_as_centroids",
            "The examples of a class are added up, so a class with more examples lies farther out. A centroid is their "
            "mean.",
            ((_CENTROIDS, "train[labels == one].sum(axis=0)"),),
        ),
        Misconception(
            "nearest_example",
            "The nearest single example decides here, not the nearest centroid. That is another classifier (nearest "
            "neighbour), and it must remember every example.",
            (
                (
                    "distances = ((test[:, None] - centroids) ** 2).sum(axis=2)",
                    "distances = ((test[:, None] - train) ** 2).sum(axis=2)\n    classes = labels",
                ),
            ),
        ),
        Misconception(
            "largest_product",
            "The class with the largest product of example and centroid wins, so long centroids are preferred. Nearest "
            "means the smallest distance: the sum of the squared differences.",
            (("((test[:, None] - centroids) ** 2).sum(axis=2)", "-(test[:, None] * centroids).sum(axis=2)"),),
        ),
    ),
    seconds=5,
)

COLOUR_LIMIT = Essay(
    name="colour_limit",
    points=3,
    scheme="""\
One point each:

1. *What is lost and where.* The picture has fewer pixels than the data has values; a pixel stands for a block, and
   takes its mean. A lone event among b values leaves 1/b, next to nothing on a colour scale that ends at 1. "The data
   is sparse" without the averaging: ½.
2. *What vmax does.* It sets the value that gets the last colour: with 0.1 everything from 0.1 up is drawn alike and in
   full colour, so that 1/20 is halfway up the scale. It changes no data.
3. *What it costs.* Above the limit everything looks alike: one event and ten in a block of ten can no longer be told
   apart. Or: it can only help if the averaging comes before the colours; where pixels are dropped (nearest), or colours
   are averaged, it is of no use.

Model answer: the recording has 700 x 550 values, the picture some 140 x 110 pixels. Each pixel shows the mean of 25
values; most blocks hold no event and some hold one or two, so nearly all means lie below 0.1, on a scale made for 1.
The events are there, but drawn in a colour that the eye takes for the background. vmax = 0.1 ends the scale at 0.1,
where the values are. The price is that a block with three events looks like one with twenty.""",
)

WHAT_IT_SHOWS = Essay(
    name="what_it_shows",
    points=5,
    scheme="""\
One point each:

1. *The continuous surface.* At (channel, time): the events of this channel up to this time, each weighted by how long
   ago it was, with (1 − 1/τ)^age / τ; a row is the memory of one channel, a column is what all of them still know at
   one moment.
2. *τ of the continuous surface.* Larger: longer trails, events run together, lower values (a lone event is
   1/τ); smaller: back to the raster, which τ = 1 is.
3. *The spiking surface.* A spike says: here several events came together within about τ; a lone event leaves no trace.
   It is sparse, 0 or 1, and can be sent on.
4. *τ of the spiking surface, at a fixed threshold.* An event lifts the voltage by 1/τ, so with larger τ more events are
   needed, and they may be farther apart. Few spikes for large τ; when τ is small, once 1/τ ≥ threshold, every event
   fires. "Larger τ, more memory, more spikes": 0.
5. *Which for what, with a reason.* For instance: the continuous one to read off how long ago, the spiking one to
   pass on to a next layer, or to suppress noise.""",
)

CHAPTER = Chapter(
    name="time_surfaces",
    exercises=(
        RASTER,
        THUMBNAIL,
        TIME_SURFACE,
        SPIKING_TIME_SURFACE,
        TAU_SLIDER,
        LAST_EVENT_SURFACE,
        MATCHING_TAU,
        NEAREST_CENTROID,
    ),
    essays=(COLOUR_LIMIT, WHAT_IT_SHOWS),
)
