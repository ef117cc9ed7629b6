"""The exercises of the chapter on the spiking autoencoder."""

from collections.abc import Iterator
from random import Random

import solutions.spiking_autoencoder as spiking_autoencoder
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals
from autograder.probes import array


def _pattern_cases(rng: Random) -> Iterator[Case]:
    def asked(part: str, n_patterns: int, n_neurons: int, active: float) -> dict:
        of = {"n_patterns": n_patterns, "n_neurons": n_neurons, "active": active}
        return {"part": part, "seed": rng.randint(0, 10**6)} | of

    n_neurons = rng.randint(150, 250)
    yield Case("form", f"3 patterns of {n_neurons} neurons", asked("form", 3, n_neurons, 0.5))
    yield Case("form", "a single pattern", asked("form", 1, rng.randint(60, 90), 0.5))
    for active in (decimals(rng, 0.2, 0.4), decimals(rng, 0.1, 0.2)):
        says = f"4 large patterns, active = {active}"
        yield Case("share", says, asked("share", 4, rng.randint(10_000, 12_000), active))
    active = decimals(rng, 0.2, 0.4)
    says = f"3 large patterns, active = {active}"
    yield Case("independent", says, asked("shared", 3, rng.randint(10_000, 12_000), active))
    of = asked("chance", rng.randint(2, 3), rng.randint(80, 300), 0.4)
    yield Case("chance", "the same generator anew, and once more", of)


_PATTERNS = "return (rng.random((n_patterns, n_neurons)) < active).astype(int)"

MAKE_PATTERNS = Exercise(
    name="make_patterns",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.patterns",
    again=False,
    measure="spiking_autoencoder.statistics",
    criteria=(
        Criterion("form", 1, "gives a row of zeros and ones for each pattern"),
        Criterion("share", 1, "makes the right share of neurons active", 0.25, "spiking_autoencoder.share_is_right"),
        Criterion("independent", 1, "draws each pattern for itself", 0.25, holds="spiking_autoencoder.shared_is_right"),
        Criterion("chance", 1, "takes its chance from rng, and nowhere else"),
    ),
    cases=_pattern_cases,
    axes=("pattern", "share of neurons"),
    misconceptions=(
        Misconception(
            "one_for_all",
            "All patterns are the same one: it was drawn once and repeated. Each pattern needs a draw of its own.",
            ((_PATTERNS, "return np.tile((rng.random(n_neurons) < active).astype(int), (n_patterns, 1))"),),
        ),
        Misconception(
            "silent_share",
            "Here `active` is the share of the silent neurons. rng.random() lies below 0.3 in 30 % of cases: take <.",
            (("< active", ">= active"),),
        ),
        Misconception(
            "neurons_first",
            "The table is turned: there is a row for each neuron. A pattern is a row, shape (n_patterns, n_neurons).",
            ((_PATTERNS, "return (rng.random((n_neurons, n_patterns)) < active).astype(int)"),),
        ),
        Misconception(
            "not_yet_compared",
            "These are the random numbers themselves. A neuron takes part, 1, or it does not, 0.",
            ((_PATTERNS, "return rng.random((n_patterns, n_neurons)) * 2 * active"),),
        ),
        Misconception(
            "minus_one",
            "A neuron that does not take part is 0 here, not -1: it is silent, and no rate lies below zero.",
            ((_PATTERNS, "return np.where(rng.random((n_patterns, n_neurons)) < active, 1, -1)"),),
        ),
        Misconception(
            "seed_within",
            "Each call begins with the same seed, so each call gives the same patterns. Use the generator that is "
            "handed over, as it is.",
            ((_PATTERNS, "return (np.random.default_rng(0).random((n_patterns, n_neurons)) < active).astype(int)"),),
        ),
    ),
    seconds=10,
    in_page=False,  # numpy's generator
)


def _kicked(tau: float, threshold: float, refractory: float, kicks: list, n: int = 3, duration: int = 24) -> dict:
    group = {"n": n, "tau": tau, "threshold": threshold, "refractory": refractory}
    return group | {"kicks": kicks, "duration": duration}


def _lif_cases(rng: Random) -> Iterator[Case]:
    tau, threshold = decimals(rng, 6, 14), decimals(rng, 30, 60)
    kicks = [[2.5, 0, decimals(rng, 10, 14)], [7.5, 0, decimals(rng, 10, 14)], [4.5, 2, -decimals(rng, 10, 20)]]
    yield Case("leaks", f"small kicks, tau = {tau} ms", _kicked(tau, threshold, 2, kicks))
    tau, threshold = decimals(rng, 6, 14), decimals(rng, 30, 60)
    large = threshold + decimals(rng, 3, 9)
    kicks = [[3.5, 0, large], [9.5, 0, 12], [5.5, 1, threshold - 2], [8.5, 2, large], [12.5, 2, large], [17.5, 2, 9]]
    yield Case("fires", f"kicks beyond a threshold of {threshold} mV", _kicked(tau, threshold, 2, kicks))
    tau, refractory = decimals(rng, 6, 14), rng.randint(4, 7)
    kicks = [[2.5, 0, 60], [4.5, 0, 20], [15.5, 0, 20], [5.5, 1, 60], [7.5, 1, 30], [8.5, 1, 30]]
    inputs = _kicked(tau, 50, refractory, kicks, n=2)
    yield Case("refractory", f"kicks within {refractory} ms after a spike", inputs)


LIF_GROUP = Exercise(
    name="lif_group",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.potentials",
    again=False,
    criteria=(
        Criterion("leaks", 2, "lets the potential leak with tau"),
        Criterion("fires", 2, "fires at the threshold and goes back to 0"),
        Criterion("refractory", 1, "is deaf for the refractory period after a spike"),
    ),
    cases=_lif_cases,
    axes=("time (ms)", "potential v (mV)"),
    misconceptions=(
        Misconception(
            "no_leak",
            "Nothing leaks: what a kick has added stays. The potential has to go back to 0 by itself, dv/dt = -v/tau.",
            (("-v / tau", "0 * v / tau"), ('method="exact"', 'method="euler"')),
        ),
        Misconception(
            "runs_away",
            "The sign of the leak: with dv/dt = +v/tau the potential runs away from 0, the faster the farther it is.",
            (("-v / tau", "v / tau"),),
        ),
        Misconception(
            "threshold_in_volts",
            "The threshold is in volts, a thousand times too high, so no neuron ever fires. The number is given in mV: "
            "threshold * b2.mV.",
            (("threshold * b2.mV", "threshold * b2.volt"),),
        ),
        Misconception(
            "subtracts",
            "A spike takes the threshold off the potential here, and what lay above it stays. It goes back to 0, "
            "whatever it was.",
            (('reset="v = 0 * volt"', 'reset="v -= v_threshold"'),),
        ),
        Misconception(
            "never_refractory",
            "After a spike the neuron listens on at once. The refractory period is an argument of NeuronGroup, "
            "and needs its flag in the equation too.",
            (("refractory=refractory * b2.ms", "refractory=0 * b2.ms"),),
        ),
        Misconception(
            "flag_forgotten",
            "In the refractory period the neuron does not fire, but it still collects what comes in. "
            "(unless refractory) at the end of the equation holds the potential.",
            ((" (unless refractory)", ""),),
        ),
        Misconception(
            "euler",
            "Nearly right: this is Euler's step, whose error the first chapter has measured. For this equation Brian2 "
            "knows the solution: method='exact'.",
            (('method="exact"', 'method="euler"'),),
        ),
    ),
    seconds=15,
    in_page=False,  # Brian2
)


def _weights(rng: Random, n_to: int, n_from: int) -> list:
    """Weights that are all different, on a part of the places, no row or column of them empty."""
    table = [[decimals(rng, 2, 9) if rng.random() < 0.5 else 0 for _ in range(n_from)] for _ in range(n_to)]
    for n in range(max(n_to, n_from)):
        table[n % n_to][n % n_from] = decimals(rng, 2, 9)
    table[0][1] = 0
    return table


def _connect_cases(rng: Random) -> Iterator[Case]:
    def asked(n_to: int, n_from: int, spikes: list) -> dict:
        return {"weights": array(_weights(rng, n_to, n_from)), "spikes": spikes, "duration": 7}

    in_turn = [[n + 0.5, neuron] for n, neuron in enumerate(rng.sample(range(4), 4))]
    yield Case("who", "4 neurons to 4, one spike after the other", asked(4, 4, in_turn))
    again = [[1.5, 2], [1.5, 0], [3.5, 1], [5.5, 2], [5.5, 1]]
    yield Case("adds", "4 neurons to 4, spikes together and again", asked(4, 4, again))
    n_to = rng.randint(3, 4)
    in_turn = [[n + 0.5, neuron] for n, neuron in enumerate(rng.sample(range(5), 5))]
    yield Case("sizes", f"5 neurons to {n_to}", asked(n_to, 5, in_turn))


_JOINED = "synapses.connect(i=columns, j=rows)"
_SIZES = "np.asarray(weights)[rows, columns] * b2.mV"

CONNECT = Exercise(
    name="connect",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.received",
    again=False,
    criteria=(
        Criterion("who", 3, "brings each spike to the right neurons, at once and in the right size"),
        Criterion("adds", 1, "adds up what comes together and one after the other"),
        Criterion("sizes", 1, "joins populations of different sizes"),
    ),
    cases=_connect_cases,
    axes=("time (ms)", "received (mV)"),
    misconceptions=(
        Misconception(
            "i_and_j",
            "The connections are turned round. In weights[i, j] the first index is the target; Brian2's i is the "
            "source and its j the target.",
            ((_JOINED, "synapses.connect(i=rows, j=columns)"),),
        ),
        Misconception(
            "all_alike",
            "The right neurons are joined, but every connection has one and the same weight, the largest. Each has "
            "its own: weights[i, j].",
            ((_SIZES, "np.max(weights) * b2.mV"),),
        ),
        Misconception(
            "all_joined",
            "Every neuron is joined with every other, where the weight is 0 too.",
            (
                (
                    "rows, columns = np.nonzero(np.asarray(weights))",
                    "rows, columns = map(np.ravel, np.indices(np.shape(weights)))",
                ),
                (_SIZES, "np.max(weights) * b2.mV"),
            ),
        ),
        Misconception(
            "in_volts",
            "A spike lifts the potential by volts, a thousand times too much: every number needs its unit, here b2.mV.",
            ((_SIZES, "np.asarray(weights)[rows, columns] * b2.volt"),),
        ),
        Misconception(
            "replaces",
            "A spike puts the potential to its weight, whatever it was before. It has to add: v_post += ...",
            (('"v_post += weight"', '"v_post = weight"'),),
        ),
        Misconception(
            "no_namesakes",
            "Neurons of equal number are not joined. That is a good rule within one population, where it "
            "keeps a neuron from itself; here they are different neurons.",
            (
                (
                    "rows, columns = np.nonzero(np.asarray(weights))",
                    "rows, columns = np.nonzero(np.asarray(weights))\n    "
                    "rows, columns = rows[rows != columns], columns[rows != columns]",
                ),
            ),
        ),
        Misconception(
            "shared_out",
            "The weights are divided by the number of inputs. weights[i, j] is what one spike adds, as it is.",
            ((_SIZES, "np.asarray(weights)[rows, columns] * b2.mV / len(source)"),),
        ),
        Misconception(
            "delayed",
            "Everything arrives a millisecond late: these synapses have a delay. None was asked for.",
            (("return synapses", "synapses.delay = 1 * b2.ms\n    return synapses"),),
        ),
    ),
    seconds=15,
    in_page=False,  # Brian2
)


def _drive_cases(rng: Random) -> Iterator[Case]:
    def asked(rates: list, weights: list, tau: float) -> dict:
        return {"rates": array(rates), "weights": array(weights), "tau": tau}

    for _ in range(2):
        rate, weight, tau = decimals(rng, 50, 300), decimals(rng, 2, 15), decimals(rng, 5, 20)
        yield Case("one", f"one input of {rate} Hz and {weight} mV, tau = {tau} ms", asked([rate], [weight], tau))
    n = rng.randint(4, 6)
    rates, weights = [decimals(rng, 20, 200) for _ in range(n)], [decimals(rng, 1, 9) for _ in range(n)]
    yield Case("several", f"{n} inputs", asked(rates, weights, decimals(rng, 5, 20)))
    rates, weights = [100, 100], [decimals(rng, 4, 9), -decimals(rng, 4, 9)]
    yield Case("several", "one input that lifts, one that lowers", asked(rates, weights, 10))
    inputs = {"rates": [0, 80], "weights": [5, decimals(rng, 2, 8)], "tau": 10}
    yield Case("several", "a silent input", inputs)


DRIVE = Exercise(
    name="drive",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("one", 2, "finds mean and spread for a single input"),
        Criterion("several", 2, "adds up several inputs, also negative and silent ones"),
    ),
    cases=_drive_cases,
    axes=("mean, standard deviation", "mV"),
    misconceptions=(
        Misconception(
            "thousandfold",
            "A factor of 1000: a rate in Hz counts spikes per second, and tau is in milliseconds. Bring both to one "
            "unit of time first.",
            (("dtype=float) / 1000,", "dtype=float),"),),
        ),
        Misconception(
            "variance",
            "The second number is the variance, in mV squared. The standard deviation is its root.",
            (("np.sqrt(variance)", "variance"),),
        ),
        Misconception(
            "half_forgotten",
            "The mean is right, the spread too large by the root of 2. A kick decays as exp(-t/tau), its square twice "
            "as fast: the integral of the square is tau/2.",
            (("tau / 2 *", "tau *"),),
        ),
        Misconception(
            "half_in_both",
            "The spread is right and the mean half of what it should be: the integral of exp(-t/tau) is tau. "
            "Only that of its square is tau/2.",
            (("tau * np.sum(rates * weights)", "tau / 2 * np.sum(rates * weights)"),),
        ),
        Misconception(
            "weight_not_squared",
            "Under the root the weight has to be squared: a kick that is twice as large spreads twice as far.",
            (("rates * weights**2", "rates * np.abs(weights)"),),
        ),
        Misconception(
            "averaged",
            "The inputs are averaged instead of added up: with more inputs there comes more.",
            (
                ("np.sum(rates * weights)", "np.mean(rates * weights)"),
                ("np.sum(rates * weights**2)", "np.mean(rates * weights**2)"),
            ),
        ),
        Misconception(
            "in_step",
            "The spreads of the inputs are added up as if all inputs fired in step. They are independent: their "
            "variances add up.",
            (
                (
                    "variance = tau / 2 * np.sum(rates * weights**2)",
                    "variance = tau / 2 * np.sum(np.sqrt(rates) * np.abs(weights)) ** 2",
                ),
            ),
        ),
    ),
    seconds=5,
)


def _rate_cases(rng: Random) -> Iterator[Case]:
    def asked(times: list, neurons: list, n: int, duration: float, width: float) -> dict:
        spikes = {"times": array(times), "neurons": array(neurons)}
        return spikes | {"n_neurons": n, "duration": duration, "width": width}

    def within(width: int) -> float:
        return width * (rng.randint(0, 4) + rng.choice([rng.uniform(0.05, 0.45), rng.uniform(0.55, 0.95)]))

    for width, n in ((10, 3), (rng.choice([8, 16, 32]), 4)):
        times = [round(within(width), 2) for _ in range(25)]
        neurons = [rng.randrange(n) for _ in times]
        yield Case("bins", f"25 spikes, bins of {width} ms", asked(times, neurons, n, 5 * width, width))
    duration = rng.randint(61, 99)
    times = [round(rng.uniform(0.1, duration - 0.1), 2) for _ in range(20)]
    neurons = [rng.randrange(3) for _ in times]
    yield Case("mean", "one bin as long as all", asked(times, neurons, 3, duration, duration))
    times = [0, 10, 10, *(10 * rng.randint(2, 7) for _ in range(3))]
    yield Case("edges", "spikes where bins begin", asked(times, [1, 0, 0, *rng.choices(range(3), k=3)], 3, 80, 10))
    inputs = {"times": [], "neurons": array([], "int"), "n_neurons": 2, "duration": 30, "width": 10}
    yield Case("edges", "no spike", inputs)


_IN_HZ = "return counts / (width / 1000)"
_BINS = "np.floor(np.asarray(times, dtype=float) / width).astype(int)"

SPIKE_RATES = Exercise(
    name="spike_rates",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("bins", 2, "finds the rate of each neuron in each bin, in Hz"),
        Criterion("mean", 1, "gives the mean rates where one bin is all the time"),
        Criterion("edges", 1, "holds where bins begin, and in silence"),
    ),
    cases=_rate_cases,
    axes=("bin", "rate (Hz)"),
    misconceptions=(
        Misconception(
            "counts",
            "These are counts. A rate says how many there would be in a second: divide by the width of a bin "
            "in seconds. Else it changes with the width.",
            ((_IN_HZ, "return counts"),),
        ),
        Misconception(
            "per_millisecond",
            "These are spikes per millisecond. Hz is per second: a thousand times as many.",
            ((_IN_HZ, "return counts / width"),),
        ),
        Misconception(
            "whole_time",
            "The counts of a bin are divided by the whole time, not by the width of the bin.",
            ((_IN_HZ, "return counts / (duration / 1000)"),),
        ),
        Misconception(
            "per_population",
            "All neurons are added up: this is how often anybody fires. Asked is the rate of each neuron.",
            ((_IN_HZ, "return counts.sum(axis=1) / (width / 1000)"),),
        ),
        Misconception(
            "mean_neuron",
            "This is the rate of the mean neuron. Asked is the rate of each, a column per neuron: the mean hides who "
            "fires.",
            ((_IN_HZ, "return counts.mean(axis=1) / (width / 1000)"),),
        ),
        Misconception(
            "rounded",
            "The spikes go to the nearest beginning of a bin. A bin goes from its beginning until the next one: cut "
            "the fraction off.",
            (
                (
                    _BINS,
                    "np.minimum(np.floor(np.asarray(times, dtype=float) / width + 0.5).astype(int), len(counts) - 1)",
                ),
            ),
        ),
        Misconception(
            "neurons_first",
            "The table is turned: time comes first, a row for each bin.",
            ((_IN_HZ, "return counts.T / (width / 1000)"),),
        ),
        Misconception(
            "counted_once",
            "A neuron that fires twice in a bin counts once: numpy's counts[bins, neurons] += 1 adds 1 to each place, "
            "however often it is listed. np.add.at counts all.",
            (
                (
                    "np.add.at(counts, (bins, np.asarray(neurons, dtype=int)), 1)",
                    "counts[bins, np.asarray(neurons, dtype=int)] += 1",
                ),
            ),
        ),
    ),
    seconds=5,
)


def _similar_inputs(rng: Random, n_patterns: int, n: int) -> dict:
    """Patterns of different sizes, and rates that look a little like the first."""
    table = []
    for size in rng.sample(range(2, n - 1), n_patterns):
        active = rng.sample(range(n), size)
        table.append([int(k in active) for k in range(n)])
    rates = [round(abs(rng.gauss(15 + 30 * seen, 12)) + 1, 2) for seen in table[0]]
    return {"rates": array(rates), "patterns": array(table)}


def _similar_cases(rng: Random) -> Iterator[Case]:
    for n_patterns, n in ((3, 9), (4, rng.randint(10, 14))):
        yield Case("three", f"{n_patterns} patterns of {n} neurons", _similar_inputs(rng, n_patterns, n))
    inputs = _similar_inputs(rng, 4, rng.randint(10, 20))
    scaled = {"rates": array([37 * seen for seen in inputs["patterns"]["array"][0]]), "patterns": inputs["patterns"]}
    yield Case("perfect", "rates in proportion to the first pattern", scaled)
    inputs = _similar_inputs(rng, 5, 16)
    silent = {"rates": [0] * 16, "patterns": inputs["patterns"]["array"]}
    yield Case("silent", "no neuron fires", silent)


_DISTANCE = "np.abs(scaled - patterns).sum(axis=1)"
_LENGTHS = "lengths = np.linalg.norm(one) * np.linalg.norm(many, axis=1)"

SIMILARITIES = Exercise(
    name="similarities",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("three", 3, "finds 1-norm, cosine and correlation"),
        Criterion("perfect", 1, "finds no difference where the rates are the pattern, in Hz"),
        Criterion("silent", 1, "holds if no neuron fires"),
    ),
    cases=_similar_cases,
    axes=("pattern", "1-norm, cosine, correlation"),
    misconceptions=(
        Misconception(
            "not_scaled",
            "The rates are in Hz and the patterns reach to 1, so the 1-norm measures little but the height of the "
            "rates. Divide by the largest rate first.",
            ((_DISTANCE, "np.abs(rates - patterns).sum(axis=1)"),),
        ),
        Misconception(
            "share_of_sum",
            "The rates are divided by their sum. Then the largest is far below 1, and even a perfect return differs.",
            (("rates / max(rates.max(), 1e-12)", "rates / max(rates.sum(), 1e-12)"),),
        ),
        Misconception(
            "two_norm",
            "The first row is the Euclidean distance. The 1-norm is the sum of the absolute differences.",
            ((_DISTANCE, "np.sqrt(((scaled - patterns) ** 2).sum(axis=1))"),),
        ),
        Misconception(
            "mean_distance",
            "The first row is the mean difference per neuron. The 1-norm is the sum.",
            ((_DISTANCE, "np.abs(scaled - patterns).mean(axis=1)"),),
        ),
        Misconception(
            "dot_product",
            "Rates and patterns are multiplied but not divided by their lengths: large patterns win, and strong "
            "rates seem more alike.",
            ((_LENGTHS, "lengths = np.full(len(many), 1.0)"),),
        ),
        Misconception(
            "pattern_length_forgotten",
            "The product is divided by the length of the rates but not of the patterns: patterns with more active "
            "neurons win.",
            ((_LENGTHS, "lengths = np.linalg.norm(one) * np.ones(len(many))"),),
        ),
        Misconception(
            "cosine_twice",
            "The third row is the cosine once more. For the correlation both, rates and pattern, first lose their own "
            "mean.",
            (("(scaled - scaled.mean(), centred)", "(scaled, patterns)"),),
        ),
        Misconception(
            "one_centred",
            "For the correlation only one of the two has lost its mean before the lengths are taken. Both have to.",
            (("(scaled - scaled.mean(), centred)", "(scaled, centred)"),),
        ),
        Misconception(
            "other_mean",
            "For the correlation each pattern loses the mean over all patterns, neuron by neuron. It has to lose its "
            "own mean, over its neurons.",
            (("patterns.mean(axis=1, keepdims=True)", "patterns.mean(axis=0, keepdims=True)"),),
        ),
    ),
    seconds=5,
)


def _matrix_cases(rng: Random) -> Iterator[Case]:
    for n_x, n_y in ((3, 8), (rng.randint(4, 5), rng.randint(30, 90))):
        p = decimals(rng, 0.05, 0.3)
        yield Case("there", f"{n_x} x, {n_y} y, p = {p}", {"n_x": n_x, "n_y": n_y, "p": p})
    yield Case("edges", "everything connected, p = 1", {"n_x": 3, "n_y": rng.randint(4, 9), "p": 1})
    p = decimals(rng, 0.1, 0.6)
    yield Case("edges", f"a single neuron x, p = {p}", {"n_x": 1, "n_y": rng.randint(20, 40), "p": p})


_MATRIX = "return n_y * p * (p + (1 - p) * np.eye(n_x))"

RETURN_MATRIX = Exercise(
    name="return_matrix",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("there", 2, "expects the right number of ways back to oneself and to others"),
        Criterion("edges", 1, "holds where everything is connected, and for one neuron"),
    ),
    cases=_matrix_cases,
    axes=("neuron", "expected ways"),
    misconceptions=(
        Misconception(
            "squared_everywhere",
            "Off the diagonal this is right. On it, the way up and the way down are one and the same connection: "
            "it is there with probability p, not p squared.",
            ((_MATRIX, "return np.full((n_x, n_x), n_y * p * p)"),),
        ),
        Misconception(
            "not_squared",
            "On the diagonal this is right. Off it, two different connections must both be there: p squared.",
            ((_MATRIX, "return np.full((n_x, n_x), n_y * p)"),),
        ),
        Misconception(
            "nothing_beside",
            "Off the diagonal there is something: two neurons x may well lead to the same neuron y, with probability "
            "p squared for each y.",
            ((_MATRIX, "return n_y * p * np.eye(n_x)"),),
        ),
        Misconception(
            "ways_over_x",
            "The ways lead over the neurons y: there are n_y of them, not n_x.",
            ((_MATRIX, "return n_x * p * (p + (1 - p) * np.eye(n_x))"),),
        ),
        Misconception(
            "one_way",
            "This is the chance of a way over one neuron y. There are n_y of them, and the ways add up.",
            ((_MATRIX, "return p * (p + (1 - p) * np.eye(n_x))"),),
        ),
        Misconception(
            "size_of_y",
            "The matrix has the size of y. W^T W goes from x to x.",
            ((_MATRIX, "return n_y * p * (p + (1 - p) * np.eye(n_y))"),),
        ),
    ),
    seconds=5,
)


def _learning_inputs(rng: Random, n_examples: int, n_x: int, n_y: int) -> dict:
    def table(rows: int, columns: int) -> dict:
        return array([[decimals(rng, -1, 1) for _ in range(columns)] for _ in range(rows)])

    inputs = {"feedback": table(n_x, n_y), "x": table(n_examples, n_x), "y": table(n_examples, n_y)}
    return inputs | {"rate": decimals(rng, 0.1, 0.4)}


def _learning_cases(rng: Random) -> Iterator[Case]:
    def asked(n_examples: int, n_x: int, n_y: int, part: str = "learned") -> dict:
        return {"part": part} | _learning_inputs(rng, n_examples, n_x, n_y)

    yield Case("once", "one example, 3 x and 5 y", asked(1, 3, 5))
    yield Case("once", "one example, 4 x and 4 y", asked(1, 4, 4))
    yield Case("again", "6 examples, 4 x and 3 y", asked(6, 4, 3))
    yield Case("again", "8 examples, 2 x and 6 y", asked(8, 2, 6))
    yield Case("leaves", "the feedback that was handed over, after 4 examples", asked(4, 3, 4, "given"))


_ERROR = "error = seen - learned @ code"
_GROWS = "learned += rate * np.outer(error, code)"
_BEGINS = "learned = np.array(feedback, dtype=float)"

LEARN_FEEDBACK = Exercise(
    name="learn_feedback",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.learned",
    criteria=(
        Criterion("once", 3, "corrects the feedback by one example"),
        Criterion("again", 2, "goes on from there with each further example"),
        Criterion("leaves", 1, "leaves the feedback that was handed over as it was"),
    ),
    cases=_learning_cases,
    axes=("neuron x", "feedback"),
    misconceptions=(
        Misconception(
            "hebb_only",
            "What fires together is wired together, without end: the feedback grows whether it is right already or "
            "not. Take off what it says of x by itself.",
            ((_ERROR, "error = seen"),),
        ),
        Misconception(
            "wrong_sign",
            "The sign of the error: what is missing is x minus what the feedback says of it. With the other sign each "
            "step makes the error larger.",
            ((_ERROR, "error = learned @ code - seen"),),
        ),
        Misconception(
            "all_at_once",
            "All errors are those of the first feedback, and are corrected together at the end. Here each "
            "example meets the feedback that the one before has left.",
            ((_ERROR, "error = seen - np.asarray(feedback, dtype=float) @ code"),),
        ),
        Misconception(
            "always_from_the_start",
            "Each example starts again from the first feedback, so only the last one counts. Go on from what "
            "has been learned.",
            (
                (
                    _GROWS,
                    "learned = np.asarray(feedback, dtype=float)\n        "
                    "error = seen - learned @ code\n        "
                    "learned = learned + rate * np.outer(error, code)",
                ),
            ),
        ),
        Misconception(
            "decays",
            "The whole feedback shrinks by the rate at each example, before it grows. It has to shrink only in what it "
            "says too much of: in proportion to the error.",
            ((_GROWS, "learned += rate * (np.outer(seen, code) - learned)"),),
        ),
        Misconception(
            "sign_of_y",
            "Only the sign of y counts here. A synapse whose y was more active had a larger part in the error: "
            "multiply by y itself.",
            ((_GROWS, "learned += rate * np.outer(error, np.sign(code))"),),
        ),
        Misconception(
            "rate_forgotten",
            "The whole error is corrected at each example: the learning rate is left out.",
            ((_GROWS, "learned += np.outer(error, code)"),),
        ),
        Misconception(
            "in_place",
            "The result is right, but the feedback that was handed over has been changed too: np.asarray "
            "copies nothing. Begin with a copy.",
            ((_BEGINS, "learned = np.asarray(feedback, dtype=float)"),),
        ),
    ),
    seconds=5,
)


WHY_SILENT = Essay(
    name="why_silent",
    points=3,
    scheme="""\
One point each:

1. *The numbers.* Mean 200 Hz x 10 mV x 10 ms = 20 mV, spread 10 mV, threshold 50 mV: three spreads above the mean, so x
   fires rarely (2.8 Hz). For y: 30 neurons x at 2.8 Hz, each joined with probability 0.1, 5 mV: 0.4 mV, spread 1 mV,
   fifty spreads away. The first half without y: ½.
2. *Why more input alone does not help.* It makes x and y fire, but what comes back through independent random feedback
   goes to neurons that have nothing to do with the pattern. (Or: with the loop closed one cannot tell what x has from
   its input and what from y.)
3. *Why stronger recurrence does not help.* Above a certain strength every spike calls more than one: the network runs
   away to the ceiling that the refractory period sets, the same for each pattern. What is the same for each
   pattern says nothing about it.
""",
)

WITHOUT_TRANSPORT = Essay(
    name="without_transport",
    points=4,
    scheme="""\
One point each:

1. *What the transpose would need.* The synapse from y_j to x_i would have to know the weight of another synapse, from
   x_i to y_j, on another cell: weight transport. Nothing carries that number there.
2. *What the rule uses.* At the synapse y_j -> x_i: the spikes of y_j, those of x_i, and what all feedback together says
   of x_i, which x_i has in its own dendrite. All of it is there. Feedback must not drive x while x is being taught
   (two compartments, or a gate): who mentions it may have this point even if one item is missing.
3. *Why it ends beyond the transpose.* W^T brings back every pattern with a background from the others (p^2 N off the
   diagonal); the rule goes on until no error is left that correlates with any y_j, which is the regression. Weights
   below zero appear, which take the background off.
4. *An honest limit.* Any one: weights change their sign, which a real synapse does not; the averages of x and y
   have to be known; the teacher is always there; only patterns of this kind have been tried; a second layer would need
   an error of its own.
""",
)

CHAPTER = Chapter(
    name="spiking_autoencoder",
    exercises=(
        MAKE_PATTERNS,
        LIF_GROUP,
        CONNECT,
        DRIVE,
        SPIKE_RATES,
        SIMILARITIES,
        RETURN_MATRIX,
        LEARN_FEEDBACK,
    ),
    essays=(WHY_SILENT, WITHOUT_TRANSPORT),
)
