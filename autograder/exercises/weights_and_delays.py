"""The exercises of the chapter on weights and delays together."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import solutions.weights_and_delays as weights_and_delays
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals


def _numbers(rng: Random, low: float, high: float, *axes: int) -> Any:
    """Random numbers as nested lists of this shape."""
    if not axes:
        return decimals(rng, low, high)
    return [_numbers(rng, low, high, *axes[1:]) for _ in range(axes[0])]


def _signed(rng: Random, *axes: int) -> Any:
    """Random numbers of either sign, none of them near 0."""
    if not axes:
        return rng.choice((-1, 1)) * decimals(rng, 0.3, 2)
    return [_signed(rng, *axes[1:]) for _ in range(axes[0])]


def _arrivals_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, senders: list, zeros: int = 0, duration: float = 200.0) -> Case:
        while True:
            weights, delays = _signed(rng, 4, 3), _numbers(rng, 0.5, 20, 4, 3)
            sent = _numbers(rng, 0, 60, len(senders))
            for row in weights:  # of both signs, so that each spike arrives through either
                row[1] = -abs(row[1]) if row[0] > 0 else abs(row[1])
            for place in rng.sample(range(12), zeros):
                weights[place // 3][place % 3] = 0.0
            pairs = [(k, r) for k, s in enumerate(senders) for r in range(3) if weights[s][r]]
            times = sorted(sent[k] + delays[senders[k]][r] for k, r in pairs)
            gaps = [late - early for early, late in pairwise(times)]
            late = sum(when >= duration for when in times)
            if min(gaps, default=1) > 0.01 and (duration > 100 or 1 <= late <= len(times) - 2):
                break
        inputs = {"times": sent, "senders": senders, "weights": weights, "delays": delays, "duration": duration}
        return Case(criterion, says, inputs)

    for criterion in ("time", "sender", "receiver"):
        yield case(criterion, "one spike, three synapses", [rng.randint(1, 3)])
        for _ in range(2):
            yield case(criterion, "three spikes of different senders", rng.sample(range(4), 3))
    for _ in range(2):
        yield case("synapses", "some weights are 0", [0, 1, 2, 3], zeros=5)
    for _ in range(2):
        yield case("late", "some spikes would arrive after the end", [0, 1, 2, 3], duration=45.0)
    yield Case(
        "late",
        "one spike would arrive just at the end",
        {
            "times": [decimals(rng, 1, 7), 30.0],
            "senders": [0, 1],
            "weights": _signed(rng, 2, 1),
            "delays": [[0.0], [10.0]],
            "duration": 40.0,
        },
    )
    sender = rng.randint(0, 3)
    yield case("order", "one sender three times", [sender] * 3)
    for _ in range(2):
        yield case("order", "six spikes in no order", [rng.randint(0, 3) for _ in range(6)])


_FOUND = "np.nonzero(weights[senders])"
_REACHED = "reached = times[spike] + delays[sender, receiver]"
_STACKED = "np.stack([reached, sender, receiver], axis=1)"
_SORTED = "return rows[rows[:, 0].argsort()]"

ARRIVALS = Exercise(
    name="arrivals",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("time", 1, "adds to each spike the delay of its synapse", part="time"),
        Criterion("sender", 0.5, "keeps who has sent", part="sender"),
        Criterion("receiver", 0.5, "says at whom it arrives", part="receiver"),
        Criterion("synapses", 1, "lets nothing arrive where the weight is 0"),
        Criterion("late", 1, "leaves out what would arrive at the end or later"),
        Criterion("order", 1, "puts the arrivals, not the spikes, in their order"),
    ),
    cases=_arrivals_cases,
    parts=("time", "sender", "receiver"),
    columns=True,
    places=("arrival",),
    axes=("arrival", "time, sender, receiver"),
    misconceptions=(
        Misconception(
            "order_of_the_spikes",
            "The rows stand in the order of the spikes, or of their senders. A spike that was sent first may arrive "
            "last: sort by the time of arrival.",
            ((_SORTED, "return rows"),),
            also=(
                ((_SORTED, "return rows[times[spike][reached < duration].argsort(kind='stable')]"),),
                ((_SORTED, "return rows[np.lexsort((rows[:, 0], rows[:, 1]))]"),),
                ((_SORTED, "return rows[np.lexsort((rows[:, 0], rows[:, 2]))]"),),
            ),
        ),
        Misconception(
            "latest_first",
            "The latest arrival stands first. Turn the order round.",
            ((_SORTED, "return rows[rows[:, 0].argsort()][::-1]"),),
        ),
        Misconception(
            "delay_missing",
            "The times are those at which the spikes were sent. Each arrives after the delay of its synapse.",
            ((_REACHED, "reached = times[spike] + 0 * delays[sender, receiver]"),),
        ),
        Misconception(
            "earlier_not_later",
            "The delay is taken off: what arrives would arrive before it was sent. It is added.",
            ((_REACHED, "reached = times[spike] - delays[sender, receiver]"),),
        ),
        Misconception(
            "all_synapses",
            "Spikes arrive where there is no synapse too. A weight of 0 is no synapse: nothing arrives there.",
            ((_FOUND, "np.nonzero(np.ones_like(weights)[senders])"),),
        ),
        Misconception(
            "excitation_only",
            "Only what arrives with a positive weight is there. A negative weight is a synapse as well.",
            ((_FOUND, "np.nonzero(weights[senders] > 0)"),),
        ),
        Misconception(
            "end_of_sending",
            "What was sent before the end is counted, though it arrives after it. Compare the time of arrival with the "
            "duration.",
            (("[reached < duration]", "[times[spike] < duration]"),),
            also=((("[reached < duration]", ""),),),
        ),
        Misconception(
            "counted_by_spikes",
            "The second column has the number of the spike in the list, not who sent it.",
            ((_STACKED, "np.stack([reached, spike, receiver], axis=1)"),),
        ),
        Misconception(
            "one_delay_for_a_sender",
            "Each sender has one delay here, that of its first synapse. Every synapse has its own.",
            ((_REACHED, "reached = times[spike] + delays[sender, 0]"),),
            also=(((_REACHED, "reached = times[spike] + delays[sender].mean(axis=1)"),),),
        ),
        Misconception(
            "columns_swapped",
            "Sender and receiver have changed places.",
            ((_STACKED, "np.stack([reached, receiver, sender], axis=1)"),),
        ),
    ),
)


def _gradient_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, pairs: list, n_senders: int = 3, n_receivers: int = 4) -> Case:
        arrived = [[when, s, r] for when, (s, r) in zip(_rising(rng, len(pairs)), pairs, strict=True)]
        weights = _signed(rng, n_senders, n_receivers)
        return Case(criterion, says, {"arrived": arrived, "weights": weights, "lambdas": _signed(rng, len(pairs), 2)})

    for n in range(3):
        pair = (rng.randint(0, 2), rng.randint(0, 3))
        yield case("slope", "one arrival" if not n else "one arrival, at another synapse", [pair])
    for _ in range(2):
        places = rng.sample([(s, r) for s in range(3) for r in range(4)], 6)
        yield case("places", "six arrivals at six synapses", places)
    for _ in range(3):
        places = [(rng.randint(0, 2), rng.randint(0, 3)) for _ in range(3)]
        yield case("sum", "eight arrivals, some at the same synapse", [places[k % 3] for k in range(8)])
    yield case("sum", "three arrivals at one synapse", [(rng.randint(0, 1), rng.randint(0, 1))] * 3, 2, 2)
    for _ in range(2):
        yield case("square", "as many senders as receivers", [(0, 1), (1, 2), (0, 1), (2, 0)], 3, 3)


def _rising(rng: Random, n: int) -> list[float]:
    return sorted(decimals(rng, 0, 90) for _ in range(n))


_PLACES = "sender, receiver = arrived[:, 1:].astype(int).T"
_APART = "lambdas[:, 0] - lambdas[:, 1]"
_ADDED = f"np.add.at(felt, (sender, receiver), {_APART})"
_WEIGHED = "return weights * felt"

DELAY_GRADIENT = Exercise(
    name="delay_gradient",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("slope", 2, "is the weight times lambda_V - lambda_I"),
        Criterion("places", 1, "puts each arrival where its synapse is"),
        Criterion("sum", 2, "adds up all arrivals at a synapse"),
        Criterion("square", 1, "keeps senders in rows and receivers in columns"),
    ),
    cases=_gradient_cases,
    places=("sender", "receiver"),
    axes=("receiver", "sender"),
    misconceptions=(
        Misconception(
            "last_arrival_only",
            "Where several spikes arrive at a synapse only the last one counts. With an array of places `+=` adds once "
            "for each place: `np.add.at` adds each time.",
            ((_ADDED, f"felt[sender, receiver] += {_APART}"),),
        ),
        Misconception(
            "first_arrival_only",
            "Where several spikes arrive at a synapse only the first one counts. The slope is the sum over all of "
            "them.",
            (
                (
                    _ADDED,
                    "for k in range(len(arrived) - 1, -1, -1):\n"
                    "        felt[sender[k], receiver[k]] = lambdas[k, 0] - lambdas[k, 1]",
                ),
            ),
        ),
        Misconception(
            "mean_over_arrivals",
            "This is the mean over the arrivals at a synapse. A longer delay moves all of them: their slopes add up.",
            (
                (
                    _WEIGHED,
                    "count = np.zeros(weights.shape); np.add.at(count, (sender, receiver), 1)\n"
                    "    return weights * felt / np.maximum(count, 1)",
                ),
            ),
            also=(((_WEIGHED, "return weights * felt / len(arrived)"),),),
        ),
        Misconception(
            "sign_turned",
            "The sign is turned round: this is how the loss changes if the spike comes earlier.",
            ((_APART, "lambdas[:, 1] - lambdas[:, 0]"),),
        ),
        Misconception(
            "weight_missing",
            "The weight is missing. A spike through a strong synapse moves more than one through a weak one, and "
            "through a negative one the other way.",
            ((_WEIGHED, "return felt"),),
            also=(((_WEIGHED, "return abs(weights) * felt"),), ((_WEIGHED, "return np.sign(weights) * felt"),)),
        ),
        Misconception(
            "current_only",
            "Only lambda_I is there: that is what a weight feels. A delay takes current away first, and leaves more "
            "of it later: lambda_V - lambda_I.",
            ((_APART, "lambdas[:, 1]"),),
            also=(((_APART, "-lambdas[:, 1]"),), ((_APART, "-5.0 * lambdas[:, 1]"),)),
        ),
        Misconception(
            "voltage_only",
            "Only lambda_V is there. What a later spike leaves behind in the current counts as well: - lambda_I.",
            ((_APART, "lambdas[:, 0]"),),
        ),
        Misconception(
            "sum_of_lambdas",
            "lambda_V and lambda_I are added. A later spike means less voltage and more current: they are subtracted.",
            ((_APART, "lambdas[:, 0] + lambdas[:, 1]"),),
        ),
        Misconception(
            "receivers_in_rows",
            "Rows and columns have changed places: a row belongs to a sender.",
            ((_WEIGHED, "return (weights * felt).T"),),
        ),
        Misconception(
            "times_time",
            "The slope is multiplied by the time of arrival. When it arrives is in the lambdas already.",
            ((_APART, f"arrived[:, 0] * ({_APART})"),),
        ),
    ),
)


def _jump_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, delays: list, step: int, n: int, n_steps: int = 12) -> Case:
        threshold = decimals(rng, 0.5, 1.5)
        inputs = {
            "lambdas": _signed(rng, n_steps, len(delays), 2),
            "step": step,
            "n": n,
            "weights": _signed(rng, len(delays)),
            "delays": delays,
            "current": threshold + decimals(rng, 0.3, 2),
            "threshold": threshold,
        }
        return Case(criterion, says, inputs)

    for _ in range(2):
        yield case("at_once", "no delays", [0, 0, 0], rng.randint(1, 4), rng.randint(0, 2))
    for _ in range(3):
        yield case("one_delay", "all three delays are 3 steps", [3, 3, 3], rng.randint(1, 5), rng.randint(0, 2))
    for _ in range(4):
        delays = rng.sample(range(1, 7), 4)
        yield case("delays", f"delays of {delays} steps", delays, rng.randint(1, 4), rng.randint(0, 3))
    for _ in range(2):
        delays = [1, rng.randint(8, 12), 2, rng.randint(9, 13)]
        yield case("late", f"delays of {delays} steps, 5 steps are left", delays, 6, rng.randint(0, 3))
    yield case("late", "one would arrive just after the last step", [5, 6, 2], 6, rng.randint(0, 2))
    yield case("late", "nothing would arrive", [8, 9, 7], 6, rng.randint(0, 2))


_LATER = "later = step + delays"
_WITHIN = "np.flatnonzero(later < len(lambdas))"
_BEHIND = "weights[listener] @ (lambda_V - lambda_I)"
_AFTER = "after = lambdas[step, n, 0]"
_BEFORE = "return float(after + (threshold * after + felt) / (current - threshold))"

DELAYED_JUMP = Exercise(
    name="delayed_jump",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("at_once", 1, "is the jump without delays where there are none"),
        Criterion("one_delay", 1, "reads the listeners when they hear, and the neuron itself when it spikes"),
        Criterion("delays", 2, "reads each listener at its own time"),
        Criterion("late", 2, "leaves out what would arrive after the last step"),
    ),
    cases=_jump_cases,
    axes=("", "lambda_V before"),
    misconceptions=(
        Misconception(
            "read_at_the_spike",
            "All listeners are read at the time of the spike. They do not know of it yet: read each when it hears.",
            ((_LATER, "later = step + 0 * delays"),),
            also=(((_LATER, "later = np.where(step + delays < len(lambdas), step, len(lambdas))"),),),
        ),
        Misconception(
            "read_too_early",
            "The listeners are read before the spike, by as much as the delay. They hear it later: add the delay.",
            ((_LATER, "later = np.where(step + delays < len(lambdas), step - delays, len(lambdas))"),),
            also=(((_LATER, "later = step - delays"),),),
        ),
        Misconception(
            "own_read_later",
            "The neuron's own lambda_V is read after a delay. Its reset happens at the spike: only what travels "
            "through a synapse is late.",
            ((_AFTER, "after = lambdas[min(step + delays[n], len(lambdas) - 1), n, 0]"),),
            also=(((_AFTER, "after = lambdas[min(step + delays.max(), len(lambdas) - 1), n, 0]"),),),
        ),
        Misconception(
            "held_at_the_end",
            "What would arrive after the last step is read at the last step. It never arrives: it counts for nothing.",
            ((_LATER, "later = np.minimum(step + delays, len(lambdas) - 1)"),),
        ),
        Misconception(
            "round_the_end",
            "What would arrive after the last step is read at the beginning again. It never arrives.",
            ((_LATER, "later = (step + delays) % len(lambdas)"),),
        ),
        Misconception(
            "mean_delay",
            "All listeners are read at one time. Each has a delay of its own.",
            ((_LATER, "later = np.where(step + delays < len(lambdas), step + delays[n], len(lambdas))"),),
            also=(
                ((_LATER, "later = step + 0 * delays + int(delays.mean())"),),
                ((_LATER, "later = step + 0 * delays + delays[n]"),),
                ((_LATER, "later = step + 0 * delays + delays[0]"),),
                ((_LATER, "later = step + 0 * delays + delays.max()"),),
                ((_LATER, "later = step + 0 * delays + delays.min()"),),
            ),
        ),
        Misconception(
            "reset_missing",
            "The reset is missing: threshold * after. Without the spike the voltage would not have gone from the "
            "threshold to 0.",
            ((_BEFORE, "return float(after + felt / (current - threshold))"),),
        ),
        Misconception(
            "listeners_missing",
            "Only the neuron's own reset is there, and nobody has heard the spike.",
            ((_BEFORE, "return float(after + threshold * after / (current - threshold))"),),
        ),
        Misconception(
            "after_not_kept",
            "This is what is added at the spike. lambda_V as it was after the spike stays.",
            ((_BEFORE, "return float((threshold * after + felt) / (current - threshold))"),),
        ),
        Misconception(
            "divided_by_the_current",
            "The denominator is the current. The voltage climbs with (current - threshold) / tau_m.",
            ((_BEFORE, "return float(after + (threshold * after + felt) / current)"),),
            also=(
                ((_BEFORE, "return float(after + (threshold * after + felt) / threshold)"),),
                ((_BEFORE, "return float(after + threshold * after + felt)"),),
            ),
        ),
        Misconception(
            "lambda_I_only",
            "The listeners are asked for lambda_I alone. A later arrival costs voltage too: lambda_V - lambda_I.",
            ((_BEHIND, "weights[listener] @ -lambda_I"),),
            also=(((_BEHIND, "weights[listener] @ lambda_I"),),),
        ),
        Misconception(
            "lambda_V_only",
            "The listeners are asked for lambda_V alone. A later arrival leaves more current: lambda_V - lambda_I.",
            ((_BEHIND, "weights[listener] @ lambda_V"),),
        ),
    ),
)


def _surrogate_cases(rng: Random) -> Iterator[Case]:
    def inputs(voltage: list, threshold: float, steepness: float) -> dict:
        return {"voltage": voltage, "threshold": threshold, "steepness": steepness}

    for part in ("spikes", "slope"):
        near = [decimals(rng, -0.5, 0.9), decimals(rng, 1.1, 2.5), *_numbers(rng, 0, 2, 4)]
        yield Case(part, "threshold 1, steepness 5", inputs(near, 1.0, 5.0))
        for _ in range(2):
            threshold, steepness = decimals(rng, 0.4, 0.8), decimals(rng, 2, 9)
            says = f"threshold {threshold}, steepness {steepness}"
            voltage = [threshold + gap * side for gap in _numbers(rng, 0.05, 0.9, 3) for side in (-1, 1)]
            rng.shuffle(voltage)
            yield Case(part, says, inputs(voltage, threshold, steepness))
    steepness = decimals(rng, 2, 9)
    for threshold in (1.0, 0.5):
        voltage = [threshold, decimals(rng, -1, 0.3), threshold, decimals(rng, 1.2, 2)]
        yield Case("at_threshold", "two voltages are at the threshold", inputs(voltage, threshold, steepness))
    far = [-decimals(rng, 300, 900), 1 + decimals(rng, 0.05, 0.3), decimals(rng, 300, 900), decimals(rng, 0.7, 0.95)]
    rng.shuffle(far)
    yield Case("far", "voltages far from the threshold", inputs(far, 1.0, decimals(rng, 4, 9)))
    steep = [1 - decimals(rng, 0.001, 0.004), -40.0, 1 + decimals(rng, 0.001, 0.004), 30.0]
    yield Case("far", "a steepness of 100", inputs(steep, 1.0, 100.0))


_ABOVE = "above = steepness * (voltage - threshold)"
_SLOPE = "slope = steepness * fading / (1 + fading) ** 2"
_BOTH = "return np.where(above >= 0, 1.0, 0.0), slope"

SURROGATE_SPIKE = Exercise(
    name="surrogate_spike",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("spikes", 1, "is a hard spike forwards", part="spikes"),
        Criterion("slope", 2, "has the slope of the sigmoid", part="slope"),
        Criterion("at_threshold", 1, "spikes at the threshold, where the slope is a quarter of the steepness"),
        Criterion("far", 1, "holds far from the threshold"),
    ),
    cases=_surrogate_cases,
    parts=("spikes", "slope"),
    places=("voltage",),
    axes=("voltage", "spike and slope"),
    misconceptions=(
        Misconception(
            "soft_spikes",
            "The spikes are soft: they come from the sigmoid itself. Forwards a spike is there or it is not; only the "
            "slope is borrowed.",
            ((_BOTH, "return 1 / (1 + np.exp(-above)), slope"),),
        ),
        Misconception(
            "not_at_the_threshold",
            "At the threshold itself there is no spike here. It spikes at the threshold or above it.",
            ((_BOTH, "return np.where(above > 0, 1.0, 0.0), slope"),),
        ),
        Misconception(
            "inner_derivative_missing",
            "The factor steepness is missing: the chain rule wants the slope of what is in the exponential too.",
            ((_SLOPE, "slope = fading / (1 + fading) ** 2"),),
        ),
        Misconception(
            "soft_not_slope",
            "This is the sigmoid, or a part of it, and not its slope, steepness * soft * (1 - soft).",
            ((_SLOPE, "slope = 1 / (1 + np.exp(-above))"),),
            also=(
                ((_SLOPE, "slope = steepness / (1 + np.exp(-above))"),),
                ((_SLOPE, "slope = steepness * fading / (1 + fading)"),),
            ),
        ),
        Misconception(
            "fast_sigmoid",
            "This is the slope of another soft spike, x / (1 + |x|), often taken too. Here it is the one of "
            "the sigmoid with exponentials.",
            ((_SLOPE, "slope = 1 / (1 + abs(above)) ** 2"),),
            also=(((_SLOPE, "slope = steepness / (1 + abs(above)) ** 2"),),),
        ),
        Misconception(
            "threshold_ignored",
            "The slope is largest at a voltage of 0, or of 1. It is largest at the threshold that is given.",
            ((_SLOPE, "fading = np.exp(-abs(steepness * voltage)); slope = steepness * fading / (1 + fading) ** 2"),),
            also=(
                (
                    (
                        _SLOPE,
                        "fading = np.exp(-abs(steepness * (voltage - 1.0))); "
                        "slope = steepness * fading / (1 + fading) ** 2",
                    ),
                ),
                ((_ABOVE, "above = steepness * voltage"),),
                ((_ABOVE, "above = steepness * (voltage - 1.0)"),),
            ),
        ),
        Misconception(
            "steepness_divides",
            "The steepness divides here: a larger one would make the sigmoid flatter. It multiplies the voltage.",
            ((_ABOVE, "above = (voltage - threshold) / steepness"),),
            also=(
                (
                    (_ABOVE, "above = (voltage - threshold) / steepness"),
                    (_SLOPE, "slope = fading / (1 + fading) ** 2 / steepness"),
                ),
            ),
        ),
        Misconception(
            "hyperbolic_tangent",
            "This is the slope of tanh, twice as steep and from -1 to 1. The sigmoid goes from 0 to 1.",
            ((_SLOPE, "slope = steepness * (1 - np.tanh(above) ** 2)"),),
        ),
    ),
)


def _agreement_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, first: list, second: list) -> Case:
        return Case(criterion, says, {"first": first, "second": second})

    for _ in range(3):
        yield case("cosine", "two gradients, 4 senders, 3 receivers", _signed(rng, 4, 3), _signed(rng, 4, 3))
    yield case("cosine", "two gradients, 3 senders, 3 receivers", _signed(rng, 3, 3), _signed(rng, 3, 3))
    one, other = _signed(rng, 4, 3), _signed(rng, 4, 3)
    for factor in (1000.0, -0.01):
        scaled = [[factor * number for number in row] for row in one]
        yield case("length", f"the same gradient times {factor:g}", one, scaled)
    yield case("length", "the second 100 times as long", one, [[100 * number for number in row] for row in other])
    for which in (0, 1):
        pair = [_signed(rng, 4, 3), _signed(rng, 4, 3)]
        for row in pair[which]:
            row[1] = 0.0
        yield case("vanishing", f"a column of the {('first', 'second')[which]} is 0", *pair)
    silent = [[0.0] * 3 for _ in range(4)]
    mixed = _signed(rng, 4, 3)
    for row in mixed:
        row[2] = 0.0
    yield case("vanishing", "one column of both is 0", mixed, [[*row[:2], 0.0] for row in _signed(rng, 4, 3)])
    yield case("vanishing", "the whole first gradient is 0", silent, _signed(rng, 4, 3))
    for size in (1e-200, 1e-190):
        pair = [_signed(rng, 4, 3), _signed(rng, 4, 3)]
        small = [[[size * number for number in row] for row in rows] for rows in pair]
        yield case("tiny", f"numbers of the size of {size:g}", *small)
    yield case("tiny", "one tiny gradient, one ordinary", small[0], _signed(rng, 4, 3))
    for row, place in zip(small[1], rng.sample(range(4), 3), strict=False):
        row[place % 3] = 0.0
    yield case("tiny", "tiny gradients with some slopes of 0", _signed(rng, 4, 3), small[1])


_LENGTHS = "lengths = np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))"
_COSINE = "return (one * other).sum(axis=0) / np.where(lengths > 0, lengths, 1)"
_SCALED = "one, other = first / sizes[0], second / sizes[1]"

AGREEMENT = Exercise(
    name="agreement",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("cosine", 2, "is the cosine for each receiver"),
        Criterion("length", 1, "does not care how long the gradients are"),
        Criterion("vanishing", 1, "is 0 where one of the two vanishes"),
        Criterion("tiny", 1, "holds for tiny gradients"),
    ),
    cases=_agreement_cases,
    places=("receiver",),
    axes=("receiver", "cosine"),
    misconceptions=(
        Misconception(
            "for_each_sender",
            "This is one cosine for each sender, or for rows. A column belongs to a receiver.",
            (
                ("np.abs([first, second]).max(axis=1)", "np.abs([first.T, second.T]).max(axis=1)"),
                (_SCALED, "one, other = first.T / sizes[0], second.T / sizes[1]"),
            ),
        ),
        Misconception(
            "one_for_all",
            "This is one cosine for the whole gradients. Ask each receiver on its own: axis 0.",
            (
                ("np.abs([first, second]).max(axis=1)", "np.abs([first, second]).max(axis=(1, 2))"),
                (_LENGTHS, "lengths = np.sqrt((one**2).sum() * (other**2).sum())"),
                (_COSINE, "return np.full(first.shape[1], (one * other).sum() / (lengths if lengths > 0 else 1))"),
            ),
            also=(
                (
                    ("np.abs([first, second]).max(axis=1)", "np.abs([first, second]).max(axis=(1, 2))"),
                    (_LENGTHS, "lengths = np.sqrt((one**2).sum() * (other**2).sum())"),
                    (_COSINE, "return (one * other).sum() / (lengths if lengths > 0 else 1)"),
                ),
            ),
        ),
        Misconception(
            "not_divided",
            "This is the inner product of the columns, and grows with their lengths. Divide by both lengths.",
            ((_COSINE, "return (first * second).sum(axis=0)"),),
        ),
        Misconception(
            "squared_lengths",
            "The inner product is divided by the squares of the lengths, or by their sum: the root is missing.",
            (
                (_SCALED, "one, other = first, second"),
                (_LENGTHS, "lengths = (one**2).sum(axis=0) * (other**2).sum(axis=0)"),
            ),
            also=(
                (
                    (_SCALED, "one, other = first, second"),
                    (_LENGTHS, "lengths = (one**2).sum(axis=0) + (other**2).sum(axis=0)"),
                ),
            ),
        ),
        Misconception(
            "one_length_only",
            "Only one of the two lengths is divided by. The agreement must not change if either gradient is longer.",
            (
                (_SCALED, "one, other = first, second"),
                (_LENGTHS, "lengths = (one**2).sum(axis=0)"),
            ),
            also=(
                (
                    (_SCALED, "one, other = first, second"),
                    (_LENGTHS, "lengths = np.sqrt((one**2).sum(axis=0))"),
                ),
                (
                    (_SCALED, "one, other = first, second"),
                    (_LENGTHS, "lengths = np.sqrt((other**2).sum(axis=0))"),
                ),
            ),
        ),
        Misconception(
            "sign_lost",
            "The sign is lost: gradients that are opposed would agree.",
            ((_COSINE, "return abs((one * other).sum(axis=0)) / np.where(lengths > 0, lengths, 1)"),),
        ),
        Misconception(
            "means_removed",
            "This is the correlation: the means are taken off first. A gradient's mean is a part of its direction.",
            ((_SCALED, f"{_SCALED}\n    one, other = one - one.mean(axis=0), other - other.mean(axis=0)"),),
        ),
        Misconception(
            "signs_only",
            "This is how often the signs are equal. A small slope of another sign counts less than a large one.",
            ((_SCALED, "one, other = np.sign(first), np.sign(second)"),),
        ),
    ),
)


def _kernel_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, delay: float, width: float, n_delays: int) -> Case:
        return Case(criterion, says, {"delay": delay, "width": width, "n_delays": n_delays})

    for part in ("share", "slope"):
        yield case(part, "in the middle of 15 delays", decimals(rng, 6, 8) + 0.013, decimals(rng, 1.2, 2), 15)
        for _ in range(2):
            delay, width = decimals(rng, 3, 7) + 0.017, decimals(rng, 0.6, 2.5)
            yield case(part, f"a width of {width} steps", delay, width, 11)
    for delay in (decimals(rng, 0.1, 0.4), 8 - decimals(rng, 0.1, 0.4)):
        yield case("ends", f"a delay of {delay:g} steps, near an end", delay, decimals(rng, 1.5, 3), 9)
    yield case("ends", "a delay beyond the last", 10 + decimals(rng, 0.5, 2), decimals(rng, 1.5, 3), 9)
    yield case("narrow", "a width of 0.004 steps", rng.randint(2, 6) + decimals(rng, 0.25, 0.4), 0.004, 9)
    yield case("narrow", "a narrow curve far beyond the end", 8 + decimals(rng, 60, 90), 1.5, 9)
    yield case("narrow", "a width of 0.3 steps", rng.randint(2, 6) + decimals(rng, 0.3, 0.45), 0.3, 9)


_AWAY = "away = np.arange(n_delays) - delay"
_HEIGHT = "height = -(away**2) / (2 * width**2)"
_SHARE = "share = bell / bell.sum()"
_SHARE_SLOPE = "slope = share * (away - share @ away) / width**2"

DENSE_KERNEL = Exercise(
    name="dense_kernel",
    module=weights_and_delays,
    probe="call",
    criteria=(
        Criterion("share", 1, "spreads the delay by a normal curve, with shares that add up to 1", part="share"),
        Criterion("slope", 2, "has the slope of each share by the delay", part="slope"),
        Criterion("ends", 1, "holds near the ends and beyond them"),
        Criterion("narrow", 1, "holds where every exponential would be 0"),
    ),
    cases=_kernel_cases,
    parts=("share", "slope"),
    places=("delay",),
    axes=("delay (steps)", "share and slope"),
    misconceptions=(
        Misconception(
            "sum_held_fixed",
            "The sum by which the shares are divided changes with the delay too: take the mean of k - delay off.",
            ((_SHARE_SLOPE, "slope = share * away / width**2"),),
        ),
        Misconception(
            "slope_by_place",
            "The sign is turned round: this is the slope along the whole delays k. If the centre moves up, the shares "
            "above it grow.",
            ((_SHARE_SLOPE, "slope = -share * (away - share @ away) / width**2"),),
            also=(
                ((_SHARE_SLOPE, "slope = -share * away / width**2"),),
                ((_SHARE_SLOPE, "slope = np.gradient(share)"),),
            ),
        ),
        Misconception(
            "width_not_squared",
            "In the slope the width is not squared, or it is missing.",
            ((_SHARE_SLOPE, "slope = share * (away - share @ away) / width"),),
            also=(
                ((_SHARE_SLOPE, "slope = share * (away - share @ away)"),),
                ((_SHARE_SLOPE, "slope = share * (away - share @ away) / (2 * width**2)"),),
            ),
        ),
        Misconception(
            "not_normalised",
            "The shares do not add up to 1. Divide by their sum: by the formula of the normal curve they do so only on "
            "the average of all places.",
            ((_SHARE, "share = bell / (width * np.sqrt(2 * np.pi))"),),
            also=(((_SHARE, "share = bell / 1"),), ((_SHARE, "share = bell / bell.max()"),)),
        ),
        Misconception(
            "two_missing",
            "The curve has another width: in the exponential the square of the distance is divided by 2 * width**2.",
            ((_HEIGHT, "height = -(away**2) / width**2"),),
            also=(
                ((_HEIGHT, "height = -(away**2) / (2 * width)"),),
                (
                    (_HEIGHT, "height = -(away**2) / width**2"),
                    (_SHARE_SLOPE, "slope = 2 * share * (away - share @ away) / width**2"),
                ),
            ),
        ),
        Misconception(
            "delays_from_one",
            "The whole delays begin with 1 here. They go from 0 to n_delays - 1.",
            ((_AWAY, "away = np.arange(1, n_delays + 1) - delay"),),
        ),
        Misconception(
            "symmetric_range",
            "The whole delays go from one side of 0 to the other. Here none is negative: 0 to n_delays - 1.",
            ((_AWAY, "away = np.arange(n_delays) - n_delays // 2 - delay"),),
        ),
        Misconception(
            "triangle",
            "This is a triangle or an exponential of the distance. The normal curve has its square.",
            ((_HEIGHT, "height = -abs(away) / width"),),
            also=(((_HEIGHT, "height = -abs(away) / (2 * width**2)"),),),
        ),
    ),
)

WORTH = Essay(
    name="weight_or_delay",
    points=5,
    scheme="""\
One point each:

1. *What a delay can do that a weight cannot.* Bring spikes together that were sent apart: it turns an order into a
   coincidence. A weight changes how strongly a spike is heard, never when.
2. *What a weight can do that a delay cannot.* Switch a channel off, or turn it into inhibition. With all weights fixed
   every channel is heard, whatever its delay.
3. *Equal parameter count is not equal range.* For instance: a delay cannot be negative and is bounded, a weight can
   take either sign; or a delay costs memory or wire, and a weight does not.
4. *What the gradient does not see.* It is exact for spikes that exist, and says nothing of arrivals that change their
   effect by a jump: spikes that appear, vanish, or would arrive after the end.
5. *What an experiment must have to decide.* Equal parameters, a learning rate chosen for each on data that is not the
   test set, several seeds with their spread. Three of these are enough.

Model answer: a weight says how much, a delay says when. If the same channels fire in another order, no weight makes the
spikes of one order coincide and those of the other not, unless the neuron's own time constant tells early from late. A
delay can. But delays alone cannot ignore a channel that carries nothing. So neither is worth more as such: it depends
on what the task hides in time. To find out, one gives both the same number of parameters, chooses each one's learning
rate on a validation set, repeats with other seeds, and looks at the spread. And the exact gradient, which is blind to
spikes that do not exist, must be allowed to fail for either.""",
)

CHAPTER = Chapter(
    name="weights_and_delays",
    exercises=(ARRIVALS, DELAY_GRADIENT, DELAYED_JUMP, SURROGATE_SPIKE, AGREEMENT, DENSE_KERNEL),
    essays=(WORTH,),
)
