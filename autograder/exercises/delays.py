"""The exercises of the chapter on learning delays."""

from collections.abc import Iterator
from random import Random

import solutions.delays as delays
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals, shuffled
from autograder.probes import array


def _trains(rng: Random, steps: int, channels: int, spikes: int = 4) -> list:
    """A few spikes in every train, clear of both ends, no two trains alike."""
    rows = [[0] * channels for _ in range(steps)]
    for channel in range(channels):
        for step in rng.sample(range(5, steps - 5), spikes):
            rows[step][channel] = rng.choice([1, 1, 2])
    rows[4][0], rows[steps - 5][channels - 1] = 1, 1
    return rows


def _between(rng: Random, low: int, high: int) -> float:
    """A delay between two whole ones, clear of them and of the middle."""
    return round(rng.randint(low, high) + rng.choice([rng.uniform(0.1, 0.4), rng.uniform(0.6, 0.9)]), 3)


def _delayed_cases(rng: Random) -> Iterator[Case]:
    whole = rng.sample([1, 2, 3, 4], 3)
    yield Case("whole", f"delays of {whole}", {"spikes": array(_trains(rng, 19, 3)), "delays": array(whole)})
    yield Case("whole", "no delay", {"spikes": _trains(rng, 16, 2), "delays": [0, 0]})
    parts = [_between(rng, 0, 3), _between(rng, 0, 3)]
    yield Case("fractions", f"delays of {parts}", {"spikes": array(_trains(rng, 17, 2)), "delays": array(parts)})
    forward = [-rng.randint(1, 3), -_between(rng, 0, 3)]
    yield Case("negative", f"delays of {forward}", {"spikes": array(_trains(rng, 18, 2)), "delays": array(forward)})
    for leaves in (
        [rng.randint(7, 9), -rng.randint(7, 9), _between(rng, 6, 8)],
        [_between(rng, 3, 5), -_between(rng, 3, 5), -_between(rng, 6, 8)],
    ):
        spikes = [[rng.randint(1, 3) for _ in leaves] for _ in range(12)]
        yield Case("edges", f"delays of {leaves}", {"spikes": array(spikes), "delays": array(leaves)})
    inputs = {"spikes": array(_trains(rng, 14, 2)), "delays": array([40, -33.25])}
    yield Case("edges", "delays longer than the recording", inputs)
    late = [[0] for _ in range(1000)] + [[rng.randint(1, 3)] for _ in range(5)]
    quarters = rng.randint(1, 2) + rng.choice((0.25, 0.75))  # also float32 knows where this lies after 1000 steps
    inputs = {"spikes": array(late), "delays": array([quarters])}
    yield Case("edges", "spikes after a thousand steps", inputs)


_SOURCE = "source = steps - delays"
_SHARED = "return early + (source - whole) * (late - early)"

DELAYED = Exercise(
    name="delayed",
    module=delays,
    probe="call",
    criteria=(
        Criterion("whole", 2, "moves each train by its whole number of steps"),
        Criterion("fractions", 2, "splits a spike between two steps where the delay lies between them"),
        Criterion("negative", 1, "brings trains forward for negative delays"),
        Criterion("edges", 1, "brings in no spikes from beyond either end, and works for 1000 steps"),
    ),
    cases=_delayed_cases,
    axes=("step", "spikes"),
    places=("step", "train"),
    misconceptions=(
        Misconception(
            "advance_for_delay",
            "Your spikes come earlier where they should come later. What is at step t after a delay of 3 was at t - 3 "
            "before it: look back, not ahead.",
            ((_SOURCE, "source = steps + delays"),),
        ),
        Misconception(
            "negative_delays_refused",
            "Negative delays have no effect here. A train that should come earlier has to be read ahead: t minus a "
            "negative number is later, and is an index like any other.",
            ((_SOURCE, "source = steps - np.maximum(delays, 0)"),),
        ),
        Misconception(
            "wraps_around",
            "What leaves at one end comes in again at the other, as with np.roll. A late spike is not an early one: "
            "fill up with silence.",
            (
                ("np.clip(whole + 1, 0, behind)", "whole % len(spikes) + 1"),
                ("np.clip(whole + 2, 0, behind)", "(whole + 1) % len(spikes) + 1"),
            ),
        ),
        Misconception(
            "end_goes_on",
            "The first and the last value continue beyond the ends of the recording. There is silence around it.",
            (("np.pad(spikes, ((1, 1), (0, 0)))", 'np.pad(spikes, ((1, 1), (0, 0)), mode="edge")'),),
        ),
        Misconception(
            "rounded",
            "The delays are rounded to whole steps. Then a small change of a delay changes nothing, and there is no "
            "slope to learn from: split the spike between the two steps.",
            ((_SOURCE, "source = steps - np.rint(delays)"),),
        ),
        Misconception(
            "fraction_cut_off",
            "The fraction of the delay is lost, and 2.75 acts like 2: split the spike between the two steps.",
            ((_SOURCE, "source = steps - np.floor(delays)"),),
        ),
        Misconception(
            "shares_swapped",
            "The two shares are the wrong way round. With a delay of 2.25 the spike is nearer to 2: three quarters "
            "of it belong there.",
            ((_SOURCE, "source = steps - np.floor(delays) - (np.ceil(delays) - delays)"),),
            also=(((_SOURCE, "source = steps - (2 * np.floor(delays) + 1 - delays)"),),),
        ),
        Misconception(
            "one_step_too_late",
            "Everything comes one step too late. After a delay of 3 step t has what was at t - 3.",
            ((_SOURCE, "source = steps - delays - 1"),),
        ),
        Misconception(
            "one_step_too_early",
            "Everything comes one step too early. After a delay of 3 step t has what was at t - 3.",
            ((_SOURCE, "source = steps - delays + 1"),),
        ),
        Misconception(
            "shares_lost_at_the_border",
            "The share of a spike between the border of the recording and the step beside it is lost. Before and "
            "after the recording there are zeros, and a spike is split with them too.",
            ((_SHARED, f"return np.where((source >= 0) & (source <= len(spikes) - 1), {_SHARED[7:]}, 0)"),),
        ),
        Misconception(
            "one_delay_for_all",
            "All trains are moved by the first delay. Each has one of its own.",
            ((_SOURCE, "source = steps - delays[0]"),),
        ),
    ),
    seconds=5,
)


def _slope_cases(rng: Random) -> Iterator[Case]:
    parts = [_between(rng, 0, 3), _between(rng, 0, 3), _between(rng, 1, 3)]
    yield Case("between", f"delays of {parts}", {"spikes": array(_trains(rng, 17, 3)), "delays": array(parts)})
    forward = [-_between(rng, 0, 2), -_between(rng, 1, 3)]
    yield Case("between", f"delays of {forward}", {"spikes": array(_trains(rng, 18, 2)), "delays": array(forward)})
    for _ in range(2):
        whole = rng.sample([-2, 0, 1, 3], 2)
        yield Case("kinks", f"delays of {whole}", {"spikes": array(_trains(rng, 16, 2)), "delays": array(whole)})
    for leaves in ([_between(rng, 3, 5), -_between(rng, 3, 5)], [_between(rng, 6, 8), -_between(rng, 6, 8)]):
        spikes = [[rng.randint(1, 3) for _ in leaves] for _ in range(12)]
        yield Case("edges", f"delays of {leaves}", {"spikes": array(spikes), "delays": array(leaves)})


_STEEP = "return delayed(spikes, whole + 1) - delayed(spikes, whole)"

DELAY_SLOPE = Exercise(
    name="delay_slope",
    module=delays,
    probe="call",
    criteria=(
        Criterion("between", 1, "is the slope between the two whole delays around each delay"),
        Criterion("kinks", 1, "is the slope towards the larger delay at a whole one"),
        Criterion("edges", 1, "is the slope of what leaves the recording and is lost"),
    ),
    cases=_slope_cases,
    axes=("step", "values per step"),
    places=("step", "train"),
    misconceptions=(
        Misconception(
            "gradient_sign",
            "The sign is wrong: this is how the values change with time. As the delay grows, everything moves to later "
            "times, so a value becomes what the one before it was.",
            ((_STEEP, "return delayed(spikes, whole) - delayed(spikes, whole + 1)"),),
        ),
        Misconception(
            "from_where_it_stands",
            "Here the step of length 1 begins at the delay itself and crosses the next kink. Between two whole delays "
            "the slope is the same everywhere: step from the lower to the upper one.",
            ((_STEEP, "return delayed(spikes, np.asarray(delays) + 1.0) - delayed(spikes, delays)"),),
        ),
        Misconception(
            "both_sides",
            "This is the mean of two slopes, from one step below to one step above. Between two whole delays only one "
            "of the slopes counts.",
            ((_STEEP, "return (delayed(spikes, whole + 1) - delayed(spikes, whole - 1)) / 2"),),
        ),
        Misconception(
            "towards_the_smaller",
            "This is the slope of the stretch below the whole delay under each delay. The delay lies in the stretch "
            "above it.",
            ((_STEEP, "return delayed(spikes, whole) - delayed(spikes, whole - 1)"),),
        ),
        Misconception(
            "smaller_at_a_whole_one",
            "At a whole delay this is the slope towards the smaller delay. Take the one towards the larger there.",
            ((_STEEP, "return delayed(spikes, np.ceil(delays)) - delayed(spikes, np.ceil(delays) - 1)"),),
        ),
        Misconception(
            "mean_at_a_whole_one",
            "At a whole delay this is the mean of the slopes on its two sides. Take the one towards the larger delay.",
            (
                (
                    _STEEP,
                    "up, whole = np.ceil(delays), np.floor(delays)\n"
                    "    up, down = np.where(up > whole, up, whole + 1), np.where(up > whole, whole, whole - 1)\n"
                    "    return (delayed(spikes, up) - delayed(spikes, down)) / (up - down)",
                ),
            ),
        ),
        Misconception(
            "nearest_whole_delay",
            "This is the slope of the stretch above the nearest whole delay. A delay of 2.75 lies between 2 and 3.",
            (("whole = np.floor(", "whole = np.rint("),),
        ),
        Misconception(
            "times_the_fraction",
            "The slope is multiplied by the fraction of the delay. Between two whole delays it is the same everywhere.",
            ((_STEEP, "return (delays - whole) * (delayed(spikes, whole + 1) - delayed(spikes, whole))"),),
        ),
        Misconception(
            "a_row_too_few",
            "A step is missing: np.diff over T steps gives T - 1 differences. Put the silence before the recording in "
            "front.",
            ((_STEEP, "return -np.diff(delayed(spikes, whole), axis=0)"),),
            also=(((_STEEP, "return np.diff(delayed(spikes, whole), axis=0)"),),),
        ),
        Misconception(
            "comes_in_again",
            "What leaves at one end comes in again at the other, as with np.roll. It should be lost, and silence "
            "should come in.",
            (
                (
                    _STEEP,
                    "return np.stack([np.roll(one, k + 1) - np.roll(one, k) "
                    "for one, k in zip(np.transpose(spikes), whole.astype(int))], axis=1)",
                ),
            ),
        ),
        Misconception(
            "the_values_themselves",
            "These are the moved trains, not their slopes. How much does each value change if the delay grows?",
            ((_STEEP, "return delayed(spikes, delays)"),),
        ),
    ),
    seconds=5,
)


def _through_cases(rng: Random) -> Iterator[Case]:
    limit = rng.randint(6, 8)
    within: list[list[float]] = []
    upstream: list[list[float]] = []
    for _ in range(2):
        within.append([*(_between(rng, *ends) for ends in ((-5, -3), (0, 2), (3, 5), (-6, -1), (-4, 4), (1, 4))), 4.0])
        upstream.append(
            [*(decimals(rng, *ends) for ends in ((-3, -1), (0.5, 0.9), (1, 3), (-1, 1), (-2, 2), (1, 2))), 0.0]
        )
    for one in within:
        yield Case("rounds", f"forwards: {one}", {"delays": one, "limit": limit, "part": "forward"})
    beyond = [
        [_between(rng, limit + 1, 12), -_between(rng, limit + 1, 12), _between(rng, 0, 4), -_between(rng, 1, 4)]
        for _ in range(2)
    ]
    forward: list[list] = [*beyond, [beyond[0][:2], within[0][:2]]]
    for one in forward:
        yield Case("limited", f"forwards: {one}, limit {limit}", {"delays": one, "limit": limit, "part": "forward"})
    for one, arrives in zip(within, upstream, strict=True):
        inputs = {"delays": one, "limit": limit, "upstream": arrives, "part": "backward"}
        yield Case("lets_through", "backwards, within the limit", inputs)
    for one, arrives in zip(beyond, upstream, strict=True):
        inputs = {"delays": one, "limit": limit, "upstream": arrives[:4], "part": "backward"}
        yield Case("beyond", "backwards, beyond the limit", inputs)


_WHOLE = "whole = torch.round(torch.clamp(delays, -limit, limit))"
_THROUGH = "return delays + (whole - delays).detach()"

ROUND_STRAIGHT_THROUGH = Exercise(
    name="round_straight_through",
    module=delays,
    probe="delays.through",
    criteria=(
        Criterion("rounds", 1, "gives whole delays"),
        Criterion("limited", 1, "keeps them within the limit, in any shape"),
        Criterion("lets_through", 1, "lets the gradient through unchanged", holds="delays.arrives"),
        Criterion("beyond", 1, "lets the gradient through beyond the limit too", holds="delays.arrives"),
    ),
    cases=_through_cases,
    axes=("delay", "value or gradient"),
    misconceptions=(
        Misconception(
            "stopped_at_the_limit",
            "Beyond the limit no gradient comes through, because clamp is part of the graph. A delay that has gone "
            "too far could never come back.",
            ((_THROUGH, "return (kept := torch.clamp(delays, -limit, limit)) + (whole - kept).detach()"),),
        ),
        Misconception(
            "not_rounded",
            "The delays are not rounded. Forwards they must be whole; only backwards is the rounding ignored.",
            ((_WHOLE, "whole = torch.clamp(delays, -limit, limit)"),),
        ),
        Misconception(
            "limit_forgotten",
            "Delays beyond the limit stay there. Forwards they must be between -limit and limit.",
            ((_WHOLE, "whole = torch.round(delays)"),),
        ),
        Misconception(
            "rounded_down",
            "The fraction is cut off: 2.8 becomes 2, though 3 is nearer.",
            ((_WHOLE, "whole = torch.floor(torch.clamp(delays, -limit, limit))"),),
            also=(((_WHOLE, "whole = torch.trunc(torch.clamp(delays, -limit, limit))"),),),
        ),
        Misconception(
            "soft_limit",
            "The limit bends delays within it too. Up to the limit they stay as they are, and there they end: clamp.",
            (
                (_WHOLE, "whole = torch.round(limit * torch.tanh(delays / limit))"),
                (
                    _THROUGH,
                    "return limit * torch.tanh(delays / limit) + (whole - limit * torch.tanh(delays / limit)).detach()",
                ),
            ),
            also=(((_WHOLE, "whole = torch.round(limit * torch.tanh(delays / limit))"),),),
        ),
        Misconception(
            "gradient_doubled",
            "Twice the gradient arrives: the delays are in the sum twice, both times with a slope.",
            ((_THROUGH, "return 2 * delays + (whole - 2 * delays).detach()"),),
        ),
    ),
    seconds=10,
    in_page=None,  # torch
)


def _coincidence_cases(rng: Random) -> Iterator[Case]:
    for tau in (2, decimals(rng, 3, 8)):
        inputs = {"spikes": array(_trains(rng, 21, 2)), "tau": tau, "every_pair": False}
        yield Case("two", f"two trains, tau = {tau}", inputs)
    for every, criterion, says in ((False, "first", "the first with each other"), (True, "every", "every pair")):
        for trains in (3, 4):
            tau = decimals(rng, 2, 6)
            inputs = {"spikes": array(_trains(rng, 20, trains)), "tau": tau, "every_pair": every}
            yield Case(criterion, f"{says} of {trains}, tau = {tau}", inputs)
    tau = decimals(rng, 2, 6)
    last = [[0, 0], [1, 0], [0, 1], [1, 1]]
    yield Case("edges", "spikes in the last step", {"spikes": last, "tau": tau, "every_pair": False})
    for _ in range(2):
        first = _trains(rng, 14, 2)
        first[0], tau = [rng.randint(1, 3), rng.randint(1, 3)], decimals(rng, 2, 6)
        inputs = {"spikes": array(first), "tau": tau, "every_pair": False}
        yield Case("edges", f"spikes in the first step, tau = {tau}", inputs)
    silent = [[1, 0], [0, 0], [1, 0]]
    yield Case("edges", "a silent train", {"spikes": array(silent), "tau": 3, "every_pair": False})
    short = [[1, 0], *[[0, 0]] * 14, *([rng.randint(1, 3), rng.randint(0, 3)] for _ in range(5))]
    inputs = {"spikes": array(short), "tau": decimals(rng, 0.015, 0.019), "every_pair": False}
    yield Case("edges", "tau much shorter than a step", inputs)
    late = [[0, 0] for _ in range(1000)] + [[rng.randint(0, 2), rng.randint(1, 2)] for _ in range(5)]
    inputs = {"spikes": array(late), "tau": decimals(rng, 2, 6), "every_pair": False}
    yield Case("edges", "spikes after a thousand steps", inputs)


_LEAK = "v = keep * v + arrived"
_FIRST = "trace[:, 0] * trace[:, 1:].sum(axis=1)"
_EVERY = "(trace.sum(axis=1) ** 2 - (trace**2).sum(axis=1)) / 2"
_SUMMED = "return float(products.sum())"

COINCIDENCES = Exercise(
    name="coincidences",
    module=delays,
    probe="call",
    criteria=(
        Criterion("two", 2, "multiplies two leaky traces and sums over time"),
        Criterion("first", 1, "takes the first train with each of the others"),
        Criterion("every", 1, "takes every pair once, if asked"),
        Criterion(
            "edges", 1, "counts the first and the last of many steps, and works for a silent train and a short tau"
        ),
    ),
    cases=_coincidence_cases,
    axes=("question", "coincidences"),
    misconceptions=(
        Misconception(
            "leaks_after_adding",
            "A spike leaks in the step in which it arrives. Let the trace leak first, and then add the spike: in its "
            "own step it counts in full.",
            ((_LEAK, "v = keep * (v + arrived)"),),
        ),
        Misconception(
            "eulers_step",
            "Your trace keeps 1 - 1/tau in a step, as the leaky integrator does. Here it keeps exp(-1/tau).",
            (("keep = np.exp(-1 / tau)", "keep = 1 - 1 / tau"),),
        ),
        Misconception(
            "spikes_divided_by_tau",
            "The spikes are divided by tau, as in the leaky integrator. Here a spike lifts its trace by 1.",
            ((_LEAK, "v = keep * v + arrived / tau"),),
        ),
        Misconception(
            "no_memory",
            "The spikes themselves are multiplied. Then only spikes in exactly the same step count, and a step away "
            "the sum has no slope. Multiply the traces.",
            ((_LEAK, "v = arrived"),),
        ),
        Misconception(
            "pairs_counted_twice",
            "Every pair is counted twice, once from either side.",
            ((_EVERY, "trace.sum(axis=1) ** 2 - (trace**2).sum(axis=1)"),),
        ),
        Misconception(
            "with_itself",
            "The trains are also multiplied by themselves. A train always coincides with itself: that says nothing "
            "about the delay.",
            ((_FIRST, "trace[:, 0] * trace.sum(axis=1)"), (_EVERY, "trace.sum(axis=1) ** 2 / 2")),
        ),
        Misconception(
            "every_pair_always",
            "All pairs are counted although only those with the first train were asked for.",
            (("if every_pair:", "if True:"),),
        ),
        Misconception(
            "last_moment_only",
            "Only the products at the end are left. Sum over all steps.",
            ((_SUMMED, "return float(products[-1])"),),
        ),
        Misconception(
            "mean_over_time",
            "This is the mean over time. Then silence after the spikes makes the result smaller: take the sum.",
            ((_SUMMED, "return float(products.mean())"),),
        ),
        Misconception(
            "every_pair_never",
            "every_pair has no effect: only pairs with the first train are counted.",
            (("if every_pair:", "if False:"),),
        ),
        Misconception(
            "a_spike_sets_the_trace",
            "A spike sets its trace, and what was left of earlier ones is forgotten. It should be added to that.",
            ((_LEAK, "v = np.where(arrived > 0, arrived, keep * v)"),),
            also=(
                ((_LEAK, "v = np.where(arrived > 0, 1, keep * v)"),),
                ((_LEAK, "v = np.maximum(arrived, keep * v)"),),
            ),
        ),
        Misconception(
            "first_step_missed",
            "The spikes of the first step are lost. Before the recording the traces are 0, and in step 0 they are its "
            "spikes.",
            (
                (
                    "for t, arrived in enumerate(spikes):",
                    "for t, arrived in enumerate(np.vstack([0 * spikes[:1], spikes[1:]])):",
                ),
            ),
        ),
        Misconception(
            "mean_over_pairs",
            "This is the mean over the pairs. Add them up.",
            (
                (_FIRST, "trace[:, 0] * trace[:, 1:].mean(axis=1)"),
                (_EVERY, _EVERY + " / (spikes.shape[1] * (spikes.shape[1] - 1) / 2)"),
            ),
        ),
        Misconception(
            "last_step_missed",
            "The last step is missing: its products count like those of any other step.",
            ((_SUMMED, "return float(products[:-1].sum())"),),
        ),
    ),
    seconds=5,
)


def _ear_cases(rng: Random) -> Iterator[Case]:
    for angle in (rng.randint(20, 85), -rng.randint(20, 85)):
        phase, hertz = decimals(rng, 0.05, 0.95), rng.choice([40, 50, 80])
        inputs = {"angle": angle, "phase": phase, "hertz": hertz, "steps": 40}
        for ear in ("first", "second"):
            yield Case(ear, f"{angle} degrees, phase {phase}, {hertz} Hz", inputs)
    phase = decimals(rng, 0.05, 0.95)
    yield Case("straight", "0 degrees: from ahead", {"angle": 0, "phase": phase, "hertz": 50, "steps": 30})
    yield Case("straight", "phase 0", {"angle": decimals(rng, 5, 60), "phase": 0, "hertz": 50, "steps": 25})


_TIME = "time = np.arange(steps) / 1000"
_AHEAD = "second = first + np.radians(angle)"
_RATE = "return 0.6 * (0.5 * (1 + np.sin(both))) ** 10"

EAR_PROBABILITIES = Exercise(
    name="ear_probabilities",
    module=delays,
    probe="call",
    criteria=(
        Criterion("first", 1, "gives the probabilities in the first ear", part="first ear"),
        Criterion("second", 2, "gives those in the second ear, which is ahead by the angle", part="second ear"),
        Criterion("straight", 1, "works where the ears agree, and where the tone begins at phase 0"),
    ),
    cases=_ear_cases,
    axes=("step", "probability"),
    parts=("first ear", "second ear"),
    columns=True,
    places=("step",),
    misconceptions=(
        Misconception(
            "degrees_as_radians",
            "The angle is in degrees, and sin takes radians: 90 degrees are pi/2.",
            ((_AHEAD, "second = first + angle"),),
        ),
        Misconception(
            "second_ear_behind",
            "The second ear is behind by the angle, and should be ahead: add it.",
            ((_AHEAD, "second = first - np.radians(angle)"),),
        ),
        Misconception(
            "shared_between_the_ears",
            "Both ears are moved by half of the angle. Their difference is right, but the first ear should follow the "
            "phase alone.",
            ((_AHEAD, "first, second = first - np.radians(angle) / 2, first + np.radians(angle) / 2"),),
        ),
        Misconception(
            "milliseconds_as_seconds",
            "Time is counted in seconds instead of milliseconds: with a whole number of hertz every step falls on the "
            "same phase.",
            ((_TIME, "time = np.arange(steps)"),),
        ),
        Misconception(
            "cycles_without_2_pi",
            "The 2 pi is missing: sin goes through its cycle in 2 pi, and hertz * time counts whole cycles.",
            (("2 * np.pi * (hertz * time + phase)", "hertz * time + phase"),),
        ),
        Misconception(
            "phase_in_radians",
            "The phase is a fraction of a cycle, 0 to 1, and has to be multiplied by 2 pi like hertz * time.",
            (("2 * np.pi * (hertz * time + phase)", "2 * np.pi * hertz * time + phase"),),
        ),
        Misconception(
            "hertz_for_the_step",
            "The largest probability is 600, as for a whole second. A step lasts a thousandth of that, so it is 0.6.",
            ((_RATE, "return 600 * (0.5 * (1 + np.sin(both))) ** 10"),),
        ),
        Misconception(
            "not_sharpened",
            "The tenth power is missing: the fibres then fire over most of the cycle.",
            ((_RATE, "return 0.6 * (0.5 * (1 + np.sin(both)))"),),
        ),
        Misconception(
            "ears_swapped",
            "The ears are the wrong way round: the first follows the phase, the second is ahead of it.",
            (("np.stack([first, second], axis=1)", "np.stack([second, first], axis=1)"),),
        ),
    ),
    seconds=5,
)


def _sums(rng: Random, samples: int, classes: int, scale: float) -> list:
    return [[round(scale * rng.uniform(0, 1), 3) for _ in range(classes)] for _ in range(samples)]


def _entropy_cases(rng: Random) -> Iterator[Case]:
    for samples, classes in ((5, 3), (rng.randint(6, 8), rng.randint(4, 5))):
        labels = [rng.randrange(classes) for _ in range(samples)]
        gain = rng.choice([decimals(rng, 0.2, 0.8), decimals(rng, 1.2, 2)])
        inputs = {"sums": array(_sums(rng, samples, classes, 4)), "labels": array(labels), "gain": gain}
        yield Case("mean", f"{samples} samples of {classes} classes, gain {gain}", inputs)
    sums = _sums(rng, 4, 3, 1)
    yield Case("mean", "gain 0", {"sums": array(sums), "labels": array([0, 1, 2, 1]), "gain": 0})
    near = shuffled(rng, [900, 0, -900])
    sums = [[place + 3 * value for value in row] for place, row in zip(near, _sums(rng, 3, 4, 1), strict=True)]
    yield Case("large", f"samples near {near}", {"sums": array(sums), "labels": array([3, 0, 1]), "gain": 2})
    yield Case("large", "one sample", {"sums": [[-800.5, -801.25]], "labels": [1], "gain": 1.5})
    for far in (decimals(rng, 30, 60), decimals(rng, 620, 900)):
        sums = [[decimals(rng, 0, 1), far, decimals(rng, 0, 1)], [far, decimals(rng, 0, 1), decimals(rng, 0, 1)]]
        inputs = {"sums": array(sums), "labels": array([0, 2]), "gain": decimals(rng, 1.2, 2)}
        yield Case("large", f"sure mistakes, {far} apart", inputs)


_LOGITS = "logits = gain * np.asarray(sums, dtype=float)"
_SURPRISE = "return float((total - right).mean())"

_OVER_SAMPLES = """of_class = logits[:, np.asarray(labels, dtype=int)]
    total = of_class.max(axis=0) + np.log(np.exp(of_class - of_class.max(axis=0)).sum(axis=0))"""
_EVERY_CLASS = """p = np.exp(logits - total[:, None])
    p[np.arange(len(p)), np.asarray(labels, dtype=int)] = 0
    return float(((total - right) - np.log(np.maximum(1 - p, 1e-12)).sum(axis=1)).mean())"""
_TWICE = """sums = np.asarray(sums, dtype=float)
    logits = np.exp(gain * (sums - sums.max(axis=1, keepdims=True)))
    logits = logits / logits.sum(axis=1, keepdims=True)"""

CROSS_ENTROPY = Exercise(
    name="cross_entropy",
    module=delays,
    probe="call",
    criteria=(
        Criterion("mean", 2, "is the mean surprise at the right class"),
        Criterion("large", 1, "works for sums whose exp is too large or too small for a number"),
    ),
    cases=_entropy_cases,
    axes=("question", "nats"),
    misconceptions=(
        Misconception(
            "gain_forgotten",
            "The gain is not used. The gain decides how sure the reader is: multiply the sums by it.",
            ((_LOGITS, "logits = np.asarray(sums, dtype=float)"),),
        ),
        Misconception(
            "divided_by_the_gain",
            "The sums are divided by the gain. With a larger gain the reader should be surer: multiply.",
            ((_LOGITS, "logits = np.asarray(sums, dtype=float) / (gain or 1e-9)"),),
        ),
        Misconception(
            "in_bits",
            "This is in bits: a logarithm to base 2. The exercise asks for nats, with the natural logarithm.",
            ((_SURPRISE, "return float((total - right).mean() / np.log(2))"),),
        ),
        Misconception(
            "added_up",
            "The surprises are added up over the samples. Take the mean, so that it does not grow with the batch.",
            ((_SURPRISE, "return float((total - right).sum())"),),
        ),
        Misconception(
            "mean_of_probabilities",
            "The logarithm is taken of the mean probability. Take it for each sample first, and then the mean.",
            ((_SURPRISE, "return float(-np.log(np.exp(right - total).mean()))"),),
        ),
        Misconception(
            "sign",
            "The sign is wrong: the logarithm of a probability is negative, and the surprise is minus that.",
            ((_SURPRISE, "return float((right - total).mean())"),),
        ),
        Misconception(
            "never_surer_than_that",
            "There is a smallest probability here, so that a sure mistake costs 20 or 30 nats at most. However small "
            "p is, log p has a value: compute it as the scaled sum minus the logarithm of the total.",
            ((_SURPRISE, "return float(-np.log(np.exp(right - total) + 1e-9).mean())"),),
            also=tuple(
                ((_SURPRISE, f"return float(-np.log({bounded}).mean())"),)
                for bounded in (
                    "np.exp(right - total) + 1e-12",
                    "np.exp(right - total) + 1e-10",
                    "np.exp(right - total) + 1e-8",
                    "np.maximum(np.exp(right - total), 1e-12)",
                    "np.maximum(np.exp(right - total), 1e-15)",
                )
            ),
        ),
        Misconception(
            "gain_of_the_surprise",
            "The gain multiplies the surprise. It should multiply the sums, before exp.",
            (
                (_LOGITS, "logits = np.asarray(sums, dtype=float)"),
                (_SURPRISE, "return float(gain * (total - right).mean())"),
            ),
        ),
        Misconception(
            "the_likeliest_class",
            "This is the surprise at the likeliest class. Take the one at the right class, whatever the reader thinks.",
            (("right = logits[np.arange(len(logits)), np.asarray(labels, dtype=int)]", "right = highest"),),
        ),
        Misconception(
            "over_the_classes_too",
            "The mean is taken over the classes too, most of which add 0. Divide by the number of samples only.",
            ((_SURPRISE, "return float((total - right).mean() / logits.shape[1])"),),
        ),
        Misconception(
            "every_class_by_itself",
            "The wrong classes are counted too, each by the surprise that it is not the right one. The right one alone "
            "counts.",
            ((_SURPRISE, _EVERY_CLASS),),
            also=(
                ((_SURPRISE, _EVERY_CLASS.replace("(total - right)", "np.minimum(total - right, -np.log(1e-12))")),),
            ),
        ),
        Misconception(
            "over_the_samples",
            "The probabilities add up to 1 over the samples. They should do so over the classes, for each sample "
            "separately.",
            (("total = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))", _OVER_SAMPLES),),
        ),
        Misconception(
            "softmax_twice",
            "The probabilities are treated as sums, and go through exp a second time. torch's cross_entropy takes the "
            "sums as they are.",
            ((_LOGITS, _TWICE),),
        ),
    ),
    seconds=5,
)


def _kernel_cases(rng: Random) -> Iterator[Case]:
    for limit in (6, rng.randint(7, 10)):
        delay, width = _between(rng, -3, 2), decimals(rng, 1.2, 3)
        yield Case("curve", f"delay {delay}, width {width}", {"delay": delay, "width": width, "limit": limit})
    delay = _between(rng, 1, 3)
    yield Case("narrow", f"delay {delay}, width 0.5", {"delay": delay, "width": 0.5, "limit": 5})
    yield Case("narrow", "at the end", {"delay": 4, "width": decimals(rng, 1.5, 2.5), "limit": 4})
    for side in (1, -1):
        delay = side * _between(rng, 5, 7)
        inputs = {"delay": delay, "width": decimals(rng, 1.5, 2.5), "limit": 4}
        yield Case("beyond", f"delay {delay}, beyond the limit of 4", inputs)


_NORMAL = "weights = np.exp(-(away**2) / (2 * width**2))"
_ONE = "return weights / weights.sum()"

DELAY_KERNEL = Exercise(
    name="delay_kernel",
    module=delays,
    probe="call",
    criteria=(
        Criterion("curve", 1, "is a Gaussian curve around the delay that adds up to 1"),
        Criterion("narrow", 1, "adds up to 1 even where it is narrow or cut off"),
        Criterion("beyond", 1, "works for a delay beyond the limit"),
    ),
    cases=_kernel_cases,
    axes=("place", "weight"),
    places=("weight",),
    misconceptions=(
        Misconception(
            "not_one_in_all",
            "The weights do not add up to 1, so a wide kernel makes more of a spike than a narrow one. Divide by their "
            "sum.",
            ((_ONE, "return weights"),),
        ),
        Misconception(
            "normal_density",
            "Divided by width * sqrt(2 pi) the curve has area 1, but these few values do not add up to 1 where it is "
            "narrow or cut off. Divide by their sum.",
            ((_ONE, "return weights / (width * np.sqrt(2 * np.pi))"),),
        ),
        Misconception(
            "width_as_variance",
            "The exponent is divided by the width, not by its square: the width is used as the variance, but it is "
            "the standard deviation.",
            ((_NORMAL, "weights = np.exp(-(away**2) / (2 * width))"),),
        ),
        Misconception(
            "two_forgotten",
            "The 2 in the exponent is missing, and the curve is too narrow by a factor of the square root of 2.",
            ((_NORMAL, "weights = np.exp(-(away**2) / width**2)"),),
        ),
        Misconception(
            "centre_at_the_limit",
            "A delay beyond the limit is moved to the limit. The curve should stay around the delay, so that its "
            "flank is left.",
            (("np.arange(-limit, limit + 1) - delay", "np.arange(-limit, limit + 1) - np.clip(delay, -limit, limit)"),),
        ),
        Misconception(
            "centre_rounded",
            "The curve is centred on a whole delay. Its centre may lie between two, and moves with every small change "
            "of the delay.",
            (("np.arange(-limit, limit + 1) - delay", "np.arange(-limit, limit + 1) - np.rint(delay)"),),
            also=((("np.arange(-limit, limit + 1) - delay", "np.arange(-limit, limit + 1) - np.floor(delay)"),),),
        ),
        Misconception(
            "not_squared",
            "The distance from the delay is not squared, so the curve has a peak like a tent. A Gaussian has the "
            "square of the distance.",
            ((_NORMAL, "weights = np.exp(-abs(away) / (2 * width**2))"),),
            also=(((_NORMAL, "weights = np.exp(-abs(away) / width)"),),),
        ),
        Misconception(
            "divided_by_the_largest",
            "The largest weight is 1. All of them together should be 1: divide by their sum.",
            ((_ONE, "return weights / weights.max()"),),
        ),
        Misconception(
            "of_length_one",
            "The squares of the weights add up to 1. The weights themselves should: divide by their sum.",
            ((_ONE, "return weights / np.sqrt((weights**2).sum())"),),
        ),
        Misconception(
            "one_weight_missing",
            "A weight is missing: whole delays go from -limit to limit, both of them included, 2 limit + 1 in all.",
            (("np.arange(-limit, limit + 1)", "np.arange(-limit, limit)"),),
            also=((("np.arange(-limit, limit + 1)", "np.arange(-limit + 1, limit + 1)"),),),
        ),
        Misconception(
            "mirrored",
            "The curve is centred on minus the delay.",
            (("np.arange(-limit, limit + 1) - delay", "np.arange(-limit, limit + 1) + delay"),),
        ),
    ),
    seconds=5,
)


def _balance(rng: Random, says: str) -> tuple[str, dict]:
    """Two trains around one moment, together or as early as late; out of balance one of them is shifted."""
    while True:
        middle, tau, wide, narrow = (decimals(rng, *ends) for ends in ((5, 9), (1, 3), (2, 4), (0.5, 1.5)))
        shift = decimals(rng, 0.5, 2) * rng.choice([1, -1]) if says == "out of balance" else 0
        apart = wide if says == "together" else narrow
        trains = {
            "first": array([round(middle - wide, 3), round(middle + wide, 3)]),
            "second": array([round(middle + shift - apart, 3), round(middle + shift + apart, 3)]),
        }
        change = delays.delay_change(trains["first"]["array"], trains["second"]["array"], tau, 1)
        if not shift or abs(change) > 0.05:
            return says, trains | {"tau": tau, "rate": decimals(rng, 0.2, 0.9)}


def _change_cases(rng: Random) -> Iterator[Case]:
    tau, rate = decimals(rng, 1, 3), decimals(rng, 0.2, 0.9)
    for sign in (1, -1):
        at = 5 + sign * decimals(rng, 0.3, 4)
        says = f"one spike each, the second {'earlier' if sign > 0 else 'later'}"
        yield Case("one", says, {"first": array([at]), "second": array([5.0]), "tau": tau, "rate": rate})
    first = sorted(decimals(rng, 0, 12) for _ in range(5))
    second = sorted(decimals(rng, 1, 15) for _ in range(5))
    inputs = {"first": array(first), "second": array(second), "tau": decimals(rng, 1, 4), "rate": rate}
    yield Case("pairs", "five spikes each", inputs)
    second = sorted(decimals(rng, 1, 12) for _ in range(3))
    inputs = {"first": array(first), "second": array(second), "tau": decimals(rng, 1, 4), "rate": rate}
    yield Case("pairs", "five and three spikes", inputs)
    for _ in range(2):
        first, second = ([decimals(rng, 4, 7) for _ in range(2)] for _ in range(2))
        inputs = {"first": array(first), "second": array(second), "tau": decimals(rng, 2, 4), "rate": rate}
        yield Case("pairs", "two spikes each", inputs)
    # balanced or not: who does not know which is which cannot tell where nothing changes
    for says in shuffled(rng, ["together", "as early as late", "out of balance", "out of balance"] * 3):
        yield Case("rest", *_balance(rng, says))


_DISTANCE = "x = (first[:, None] - second) / tau"
_CHANGED = "return float(rate * (x * np.exp(-abs(x))).sum())"

DELAY_CHANGE = Exercise(
    name="delay_change",
    module=delays,
    probe="call",
    criteria=(
        Criterion(
            "one", 2, "lengthens the delay if the second spike came too early, and shortens it if it came too late"
        ),
        Criterion("pairs", 2, "counts every spike of one input with every spike of the other"),
        Criterion(
            "rest",
            1,
            "changes nothing where early and late are balanced, and only there",
            holds="delays.rests_where_balanced",
        ),
    ),
    cases=_change_cases,
    axes=("question", "change (ms)"),
    misconceptions=(
        Misconception(
            "the_other_way",
            "The delay goes the wrong way: if the second input came before the first, it has to wait longer.",
            ((_DISTANCE, "x = (second[:, None] - first) / tau"),),
        ),
        Misconception(
            "only_ever_adds",
            "Your rule only ever adds. An input that is too late becomes later still; a rule that finds its target "
            "has to be able to go both ways.",
            ((_CHANGED, "return float(rate * abs(x * np.exp(-abs(x))).sum())"),),
        ),
        Misconception(
            "no_fading",
            "The farther apart two spikes are, the more the pair counts. Without exp(-|x|) a pair that has nothing to "
            "do with each other outvotes all those that nearly coincide.",
            ((_CHANGED, "return float(rate * x.sum())"),),
        ),
        Misconception(
            "full_strength_at_once",
            "A pair that is a little too late counts as much as any: the factor x is missing, and the rule jumps from "
            "minus to plus at its target.",
            ((_CHANGED, "return float(rate * (np.sign(x) * np.exp(-abs(x))).sum())"),),
        ),
        Misconception(
            "in_milliseconds",
            "The change is too large by a factor of tau: divide the distance in front of exp by tau, as in the "
            "exponent.",
            ((_CHANGED, "return float(rate * tau * (x * np.exp(-abs(x))).sum())"),),
        ),
        Misconception(
            "mean_of_the_pairs",
            "This is the mean over the pairs, and not the sum.",
            ((_CHANGED, "return float(rate * (x * np.exp(-abs(x))).mean())"),),
        ),
        Misconception(
            "distances_added_first",
            "The distances are added up first, and the rule is applied once. Each pair counts by itself: apply it to "
            "each, and add up what comes out.",
            ((_CHANGED, "return float(rate * x.sum() * np.exp(-abs(x.sum())))"),),
            also=(((_CHANGED, "return float(rate * x.mean() * np.exp(-abs(x.mean())))"),),),
        ),
        Misconception(
            "nearest_only",
            "Each spike is paired with only one of the other input. All pairs count, and exp(-|x|) makes far ones "
            "small.",
            ((_DISTANCE, _DISTANCE + "\n    x = x[abs(x).argmin(axis=0), np.arange(len(second))] if x.size else x"),),
            also=(
                (
                    (
                        _DISTANCE,
                        _DISTANCE + "\n    x = x[np.arange(len(first)), abs(x).argmin(axis=1)] if x.size else x",
                    ),
                ),
                ((_DISTANCE, _DISTANCE + "\n    x = np.diagonal(x)"),),
            ),
        ),
        Misconception(
            "tau_twice",
            "The exponent is divided by tau twice. x is already the distance in units of tau.",
            ((_CHANGED, "return float(rate * (x * np.exp(-abs(x) / tau)).sum())"),),
        ),
        Misconception(
            "exponent_in_milliseconds",
            "The distance in the exponent is in milliseconds. It has to be divided by tau there too.",
            ((_CHANGED, "return float(rate * (x * np.exp(-abs(x) * tau)).sum())"),),
        ),
        Misconception(
            "rate_forgotten",
            "The rate is not used.",
            ((_CHANGED, "return float((x * np.exp(-abs(x))).sum())"),),
        ),
    ),
    seconds=5,
)

LEARNER_OR_TASK = Essay(
    name="learner_or_task",
    points=5,
    scheme="""\
One point each:

1. *What an ideal observer is.* It knows how the spikes are made and sees them all; no method can be right more often on
   the same spikes. "A very good network": 0.
2. *What its result says about the task.* About five spikes per ear leave it right in 16 or 17 of 100 cases, with a mean
   error of 10.3 degrees by the median (10.6 by the most probable answer): most of what is missing to 100 % is due to
   the task, and more training cannot gain it.
3. *What the steps in between say.* By the median, perfect fractional delays: 12.5 degrees, so 2.2 are lost by the
   readout. Perfect whole delays: 12.6, so next to nothing is lost by rounding. By the most probable answer 14.2 and
   15.7, so 3.6 and 1.5. The learner reaches what perfect delays reach: nothing is lost by learning. Either row of bars
   will do.
4. *What to change.* For instance: more fibres, a longer tone, another readout; with a reason from the numbers. "More
   epochs", "another optimizer": 0.
5. *Accuracy or degrees.* One is enough for the point: with classes 5 degrees apart, a miss by one class counts as much
   as a miss by 90 degrees; chance is 2.8 %; so degrees say more.

Model answer: the ideal observer computes the probability of the spikes for every phase difference; with the same spikes
nobody can do better. It is wrong by 10.3 degrees on average, so 10 % accuracy is not a sign of bad learning: five
spikes per ear do not say more. Perfect delays without any learning are wrong by 12.5 degrees. The learner gets there
too. What remains is lost by the way the spikes are read, and because there are so few of them. So: more fibres.""",
)

ONLY_ADDS = Essay(
    name="only_adds",
    points=4,
    scheme="""\
One point each:

1. *What the rule sees.* "Add 1 ms when you lose" depends on which neuron fired first, not on what came too early or too
   late: the same step for a delay of 0 and of 4 ms where 1 ms is right.
2. *Why it cannot stop.* The step has no sign and no zero: there is always a loser, so one delay grows after each spike,
   even the right one.
3. *What a rule must have.* A change that is 0 at the target, positive below it and negative above it; for instance the
   difference in arrival, weighted by how close the pair is. A step that shrinks with time: ½.
4. *What competition is then good for.* It decides which neuron learns (the worse one), so the good one is left alone;
   the direction comes from the timing. Or: without it both would learn all the time, and could learn the same thing.

Model answer: the loser only learns that it was later, or weaker; not whether its own second input came too early or too
late. Adding 1 ms is right in one case and wrong in the other, and since one neuron loses each time, the delays grow
without end. The arrival times at the neuron itself say more: if the second input comes first, wait longer; if it comes
last, wait less. That is 0 where they coincide, so the rule can rest there. The competition still chooses which
neuron learns from it.""",
)

CHAPTER = Chapter(
    name="delays",
    exercises=(
        DELAYED,
        DELAY_SLOPE,
        COINCIDENCES,
        ROUND_STRAIGHT_THROUGH,
        DELAY_KERNEL,
        EAR_PROBABILITIES,
        CROSS_ENTROPY,
        DELAY_CHANGE,
    ),
    essays=(LEARNER_OR_TASK, ONLY_ADDS),
)
