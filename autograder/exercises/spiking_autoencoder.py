"""The exercises of the chapter on the spiking autoencoder."""

from collections.abc import Iterator
from random import Random

import solutions.spiking_autoencoder as spiking_autoencoder
from autograder.exercises import (
    Case,
    Changes,
    Chapter,
    Criterion,
    Essay,
    Exercise,
    Misconception,
    decimals,
    shuffled,
)
from autograder.probes import array


def _pattern_cases(rng: Random) -> Iterator[Case]:
    def asked(part: str, n_patterns: int, n_neurons: int, active: float) -> dict:
        of = {"n_patterns": n_patterns, "n_neurons": n_neurons, "active": active}
        return {"part": part, "seed": rng.randint(0, 10**6)} | of

    n_neurons = rng.randint(150, 250)
    yield Case("form", f"3 patterns of {n_neurons} neurons", asked("form", 3, n_neurons, 0.5))
    yield Case("form", "a single pattern", asked("form", 1, rng.randint(60, 90), 0.5))
    # So many that a share 10 % off is seen with 99 %, and what is right is refused once in a million.
    for active, n_neurons in ((decimals(rng, 0.3, 0.4), 4100), (decimals(rng, 0.55, 0.7), 1800), (0.001, 2000)):
        n_neurons += rng.randint(0, 300)
        yield Case("share", f"4 large patterns, active = {active}", asked("share", 4, n_neurons, active))
    for active in (0.0, 1.0):
        yield Case("share", f"4 patterns, active = {active:g}", asked("share", 4, 500, active))
    n_neurons = rng.randint(80, 300)
    says = f"60 patterns of {n_neurons} neurons"
    yield Case("independent", says, asked("alike", 60, n_neurons, decimals(rng, 0.2, 0.4)))
    of = asked("chance", rng.randint(2, 3), rng.randint(80, 300), 0.4)
    yield Case("chance", "the same generator anew, and once more", of)


_PATTERNS = "return (rng.random((n_patterns, n_neurons)) < active).astype(int)"


def _drawn(patterns: str) -> Changes:
    return ((_PATTERNS, f"return {patterns}"),)


MAKE_PATTERNS = Exercise(
    name="make_patterns",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.patterns",
    again=False,
    measure="spiking_autoencoder.statistics",
    criteria=(
        Criterion("form", 1, "gives a row of zeros and ones for each pattern"),
        Criterion("share", 1, "makes the right share of neurons active", 0.25, "spiking_autoencoder.share_is_right"),
        Criterion(
            "independent", 1, "draws each pattern independently", 0.25, "spiking_autoencoder.drawn_for_themselves"
        ),
        Criterion("chance", 1, "takes its randomness from the rng that it is given, with no seed of its own"),
    ),
    cases=_pattern_cases,
    axes=("pattern", "share of neurons"),
    misconceptions=(
        Misconception(
            "silent_share",
            "Here `active` is the share of silent neurons. rng.random() lies below 0.3 in 30 % of cases: use <.",
            _drawn("(rng.random((n_patterns, n_neurons)) >= active).astype(int)"),
        ),
        Misconception(
            "always_half",
            "About half of the neurons take part, whatever `active` is.",
            _drawn("rng.integers(0, 2, (n_patterns, n_neurons))"),
        ),
        Misconception(
            "not_uniform",
            "The random numbers are not uniform between 0 and 1, so a different share of them lies below `active`. "
            "Those of rng.random(shape) are.",
            _drawn("(rng.normal(size=(n_patterns, n_neurons)) < active).astype(int)"),
            also=(_drawn("(np.abs(rng.normal(size=(n_patterns, n_neurons))) < active).astype(int)"),),
        ),
        Misconception(
            "neurons_first",
            "The table is turned: there is a row for each neuron. A pattern is a row, shape (n_patterns, n_neurons).",
            _drawn("(rng.random((n_neurons, n_patterns)) < active).astype(int)"),
        ),
        Misconception(
            "not_yet_compared",
            "These are still the random numbers. A neuron either takes part, 1, or it does not, 0.",
            _drawn("rng.random((n_patterns, n_neurons)) * 2 * active"),
            also=(
                _drawn("(lambda drawn: drawn * (drawn < active))(rng.random((n_patterns, n_neurons)))"),
                _drawn("rng.random((n_patterns, n_neurons))"),
            ),
        ),
        Misconception(
            "minus_one",
            "A neuron that does not take part is 0 here, not -1: it is silent, and no rate lies below zero.",
            _drawn("np.where(rng.random((n_patterns, n_neurons)) < active, 1, -1)"),
        ),
    ),
    seconds=10,
    in_page=("numpy",),
)


def _kicked(
    tau: float, threshold: float, refractory: float, kicks: list, n: int = 3, duration: int = 24, groups: int = 1
) -> dict:
    group = {"n": n, "tau": tau, "threshold": threshold, "refractory": refractory}
    return group | {"kicks": kicks, "duration": duration, "groups": groups}


def _lif_cases(rng: Random) -> Iterator[Case]:
    tau, threshold = decimals(rng, 6, 9), decimals(rng, 30, 60)
    kicks = [[2.5, 0, decimals(rng, 10, 14)], [7.5, 0, decimals(rng, 10, 14)], [4.5, 2, -decimals(rng, 10, 20)]]
    yield Case("leaks", f"small kicks, tau = {tau} ms", _kicked(tau, threshold, 2, kicks))
    tau, threshold = decimals(rng, 11, 14), decimals(rng, 30, 45)
    large = threshold + decimals(rng, 3, 9)
    kicks = [[3.5, 0, large], [9.5, 0, 12], [5.5, 1, threshold - 2], [8.5, 2, large], [12.5, 2, large], [17.5, 2, 9]]
    yield Case("fires", f"kicks beyond a threshold of {threshold} mV", _kicked(tau, threshold, 2, kicks))
    tau, refractory = decimals(rng, 6, 14), rng.randint(5, 7)
    # who is not refractory fires once more at 8.5 ms, and what comes after that tells it from who only collects
    kicks = [[2.5, 0, 60], [4.5, 0, 20], [15.5, 0, 20], [5.5, 1, 60], [7.5, 1, 30], [8.5, 1, 30], [9.5, 1, 12]]
    inputs = _kicked(tau, 50, refractory, kicks, n=2)
    yield Case("refractory", f"kicks within {refractory} ms after a spike", inputs)
    kicks = [[1.5, 0, decimals(rng, 10, 14)], [2.5, 1, decimals(rng, 10, 14)]]
    yield Case("two", "two groups in one network", _kicked(tau, threshold, 2, kicks, n=2, duration=6, groups=2))


LIF_GROUP = Exercise(
    name="lif_group",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.potentials",
    again=False,
    criteria=(
        Criterion("leaks", 1, "lets the voltage leak with tau"),
        Criterion("fires", 2, "fires at the threshold and goes back to 0"),
        Criterion("refractory", 1, "ignores its input for the refractory period after a spike"),
        Criterion("two", 1, "works in a network beside another of its kind"),
    ),
    cases=_lif_cases,
    axes=("time (ms)", "voltage v (mV)"),
    places=("ms", "neuron"),
    misconceptions=(
        Misconception(
            "no_leak",
            "Nothing leaks, or hardly anything: what a kick has added stays. The voltage has to go back to 0 by "
            "itself, dv/dt = -v/tau, with tau in ms.",
            (("-v / tau", "0 * v / tau"), ('method="exact"', 'method="euler"')),
            also=((('"tau": tau * b2.ms', '"tau": tau * b2.second'),),),
        ),
        Misconception(
            "constants_typed_in",
            "A number of the chapter is typed in, 10 ms or 50 mV or 2 ms. They come as arguments.",
            (("return b2.", "tau, threshold, refractory = 10, 50, 2\n    return b2."),),
            also=(
                (("return b2.", "tau = 10\n    return b2."),),
                (("return b2.", "threshold = 50\n    return b2."),),
                (("return b2.", "tau, threshold = 10, 50\n    return b2."),),
            ),
        ),
        Misconception(
            "no_reset",
            "The voltage stays where it is after a spike. It goes back to 0: reset='v = 0*volt'.",
            (('reset="v = 0 * volt"', 'reset="v = v"'),),
        ),
        Misconception(
            "runs_away",
            "The leak has the wrong sign: with dv/dt = +v/tau the voltage runs away from 0, the faster the farther it "
            "is.",
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
            "A spike subtracts the threshold from the voltage here, and what lay above it stays. It goes back to 0, "
            "whatever it was.",
            (('reset="v = 0 * volt"', 'reset="v -= v_threshold"'),),
        ),
        Misconception(
            "never_refractory",
            "After a spike the neuron goes on listening at once. The refractory period is an argument of NeuronGroup, "
            "and needs its flag in the equation too.",
            (("refractory=refractory * b2.ms", "refractory=0 * b2.ms"),),
        ),
        Misconception(
            "flag_forgotten",
            "During the refractory period the neuron does not fire, but it still collects what comes in. (unless "
            "refractory) at the end of the equation holds the voltage.",
            ((" (unless refractory)", ""),),
            also=(
                (
                    (" (unless refractory)", ""),
                    ("-v / tau", "-v / tau * int(not_refractory)"),
                    ('method="exact"', 'method="euler"'),
                ),
            ),
        ),
        Misconception(
            "euler",
            "This is Euler's step, whose error you measured in the first chapter. For this equation Brian2 knows the "
            "solution: method='exact'.",
            (('method="exact"', 'method="euler"'),),
        ),
    ),
    seconds=15,
    in_page=None,  # Brian2
)


def _weights(rng: Random, n_to: int, n_from: int) -> list:
    """Weights that are all different, on a part of the places, no row or column of them empty."""
    table = [[decimals(rng, 2, 9) if rng.random() < 0.5 else 0 for _ in range(n_from)] for _ in range(n_to)]
    for n in range(max(n_to, n_from)):
        table[n % n_to][n % n_from] = decimals(rng, 2, 9)
    table[0][1] = 0
    return table


def _connect_cases(rng: Random) -> Iterator[Case]:
    def asked(n_to: int, n_from: int, spikes: list, times: int = 1) -> dict:
        tables = [array(_weights(rng, n_to, n_from)) for _ in range(times)]
        return {"weights": tables, "spikes": spikes, "duration": 7}

    in_turn = [[n + 0.5, neuron] for n, neuron in enumerate(rng.sample(range(4), 4))]
    yield Case("who", "4 neurons to 4, one spike after the other", asked(4, 4, in_turn))
    again = [[1.5, 2], [1.5, 0], [3.5, 1], [5.5, 2], [5.5, 1]]
    yield Case("adds", "4 neurons to 4, spikes together and again", asked(4, 4, again))
    n_to = rng.randint(3, 4)
    in_turn = [[n + 0.5, neuron] for n, neuron in enumerate(rng.sample(range(5), 5))]
    yield Case("sizes", f"5 neurons to {n_to}", asked(n_to, 5, in_turn))
    yield Case("synapses", "from and to, for each synapse of 4 neurons to 5", asked(5, 4, []))
    yield Case("synapses", "two of them in one network", asked(3, 3, [[0.5, 0], [1.5, 1], [2.5, 2]], times=2))


_JOINED = "synapses.connect(i=columns, j=rows)"
_SIZES = "np.asarray(weights)[rows, columns] * b2.mV"

CONNECT = Exercise(
    name="connect",
    module=spiking_autoencoder,
    probe="spiking_autoencoder.received",
    criteria=(
        Criterion("who", 2, "brings each spike to the right neurons, at once and in the right size"),
        Criterion("adds", 1, "adds up what comes at the same time and one after the other"),
        Criterion("sizes", 1, "connects populations of different sizes"),
        Criterion(
            "synapses", 1, "makes a synapse where there is a weight and nowhere else, beside others in a network"
        ),
    ),
    cases=_connect_cases,
    axes=("time (ms)", "received (mV)"),
    misconceptions=(
        Misconception(
            "i_and_j",
            "The connections are reversed. In weights[i, j] the first index is the target; Brian2's i is the "
            "source and its j the target.",
            ((_JOINED, "synapses.connect(i=rows, j=columns)"),),
            also=(
                (
                    ("np.nonzero(np.asarray(weights))", "np.nonzero(np.asarray(weights).T)"),
                    (_SIZES, "np.asarray(weights).T[rows, columns] * b2.mV"),
                ),
            ),
        ),
        Misconception(
            "all_alike",
            "The right neurons are connected, but every connection has the same weight, the largest. Each has its "
            "own: weights[i, j].",
            ((_SIZES, "np.max(weights) * b2.mV"),),
        ),
        Misconception(
            "all_joined",
            "Every neuron is connected to every other, even where the weight is 0, and all with the same weight.",
            (
                (
                    "rows, columns = np.nonzero(np.asarray(weights))",
                    "rows, columns = map(np.ravel, np.indices(np.shape(weights)))",
                ),
                (_SIZES, "np.max(weights) * b2.mV"),
            ),
        ),
        Misconception(
            "zeros_joined",
            "There is a synapse even where the weight is 0. It adds nothing, but it is looked at with each spike: "
            "connect only where there is a weight.",
            (
                (
                    "rows, columns = np.nonzero(np.asarray(weights))",
                    "rows, columns = map(np.ravel, np.indices(np.shape(weights)))",
                ),
            ),
        ),
        Misconception(
            "in_volts",
            "A spike lifts the voltage by volts, a thousand times too much: every number needs its unit, here b2.mV.",
            ((_SIZES, "np.asarray(weights)[rows, columns] * b2.volt"),),
        ),
        Misconception(
            "replaces",
            "A spike sets the voltage to its weight, whatever it was before. It has to add: v_post += ...",
            (('"v_post += weight"', '"v_post = weight"'),),
        ),
        Misconception(
            "no_namesakes",
            "Neurons with the same index are not connected. That is a good rule within one population, where it keeps "
            "a neuron from connecting to itself; here they are different neurons.",
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
            also=(
                ((_SIZES, "(weights / np.count_nonzero(weights, axis=1)[:, None])[rows, columns] * b2.mV"),),
                ((_SIZES, "(weights / np.count_nonzero(weights, axis=0))[rows, columns] * b2.mV"),),
                ((_SIZES, "(weights / np.sum(weights, axis=1)[:, None])[rows, columns] * b2.mV"),),
                ((_SIZES, "np.asarray(weights)[rows, columns] * b2.mV / len(target)"),),
            ),
        ),
        Misconception(
            "delayed",
            "Everything arrives a millisecond late: these synapses have a delay. None was asked for.",
            (("return synapses", "synapses.delay = 1 * b2.ms\n    return synapses"),),
        ),
    ),
    seconds=15,
    in_page=None,  # Brian2
)


def _drive_cases(rng: Random) -> Iterator[Case]:
    def asked(rates: list, weights: list, tau: float) -> dict:
        return {"rates": array(rates), "weights": array(weights), "tau": tau}

    for _ in range(2):
        rate, weight, tau = decimals(rng, 50, 300), decimals(rng, 2, 15), decimals(rng, 5, 20)
        for part in ("mean", "spread"):
            yield Case(part, f"one input of {rate} Hz and {weight} mV, tau = {tau} ms", asked([rate], [weight], tau))
    for n in (3, rng.randint(4, 6)):
        rates, weights = [decimals(rng, 20, 200) for _ in range(n)], [decimals(rng, 1, 9) for _ in range(n)]
        yield Case("several", f"{n} inputs", asked(rates, weights, decimals(rng, 5, 20)))
    inputs = asked([0, 80], [5, decimals(rng, 2, 8)], 10)
    yield Case("several", "a silent input", inputs)
    for _ in range(2):
        rates, weights = [100, decimals(rng, 60, 90)], [decimals(rng, 4, 9), -decimals(rng, 4, 9)]
        yield Case("lowers", "one input that lifts, one that lowers", asked(rates, weights, 10))


_SPREAD = "variance = tau / 2 * np.sum(rates * weights**2)"
_MEAN = "mean = tau * np.sum(rates * weights)"

DRIVE = Exercise(
    name="drive",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("mean", 1, "finds the mean for a single input", part="mean"),
        Criterion("spread", 1, "finds the standard deviation for a single input", part="standard deviation"),
        Criterion("several", 1, "adds up several inputs, silent ones too"),
        Criterion(
            "lowers", 1, "lets an input with a negative weight lower the mean, and still add to the standard deviation"
        ),
    ),
    cases=_drive_cases,
    axes=("mean, standard deviation", "mV"),
    parts=("mean", "standard deviation"),
    misconceptions=(
        Misconception(
            "thousandfold",
            "There is a factor of 1000 too many or too few: a rate in Hz counts spikes per second, tau is in "
            "milliseconds, and weights and results are in millivolts. Convert to one unit of time first.",
            (("dtype=float) / 1000,", "dtype=float),"),),
            also=(
                (("dtype=float) / 1000,", "dtype=float) / 1e6,"),),
                ((_MEAN, f"{_MEAN} / 1000"), ("np.sqrt(variance)", "np.sqrt(variance) / 1000")),
                (("np.sqrt(variance)", "np.sqrt(variance) / np.sqrt(1000)"),),
                (("np.sqrt(variance)", "np.sqrt(variance) * np.sqrt(1000)"),),
                (("np.sqrt(variance)", "np.sqrt(variance) * 1000"),),
                (("np.sqrt(variance)", "np.sqrt(variance) / 1000"),),
                ((_MEAN, f"{_MEAN} * 1000"),),
                ((_MEAN, f"{_MEAN} / 1000"),),
            ),
        ),
        Misconception(
            "variance",
            "The second number is the variance, in mV squared. The standard deviation is its square root.",
            (("np.sqrt(variance)", "variance"),),
        ),
        Misconception(
            "half_forgotten",
            "The standard deviation is too large by a factor of the square root of 2. A kick decays as exp(-t/tau), "
            "its square twice as fast: the integral of the square is tau/2.",
            (("tau / 2 *", "tau *"),),
        ),
        Misconception(
            "twice_instead_of_half",
            "The standard deviation is too large by a factor of 2. A kick decays as exp(-t/tau), its square twice as "
            "fast: the integral of the square is tau/2, not 2 tau.",
            (("tau / 2 *", "tau * 2 *"),),
        ),
        Misconception(
            "half_outside_the_root",
            "The standard deviation is too small by a factor of the square root of 2: the half belongs to the "
            "variance, under the root.",
            (("tau / 2 *", "tau / 4 *"),),
        ),
        Misconception(
            "half_in_both",
            "The standard deviation is right and the mean is half of what it should be: the integral of exp(-t/tau) "
            "is tau. Only that of its square is tau/2.",
            ((_MEAN, "mean = tau / 2 * np.sum(rates * weights)"),),
        ),
        Misconception(
            "weight_not_squared",
            "Under the root the weight has to be squared: kicks that are twice as large make the standard deviation "
            "twice as large.",
            (("rates * weights**2", "rates * weights"),),
            also=((("rates * weights**2", "rates * np.abs(weights)"),),),
        ),
        Misconception(
            "rate_squared",
            "Under the root the rate is squared. Only the weight is: with twice as many spikes the variance is twice "
            "as large.",
            (("rates * weights**2", "(rates * weights) ** 2"),),
        ),
        Misconception(
            "sign_lost",
            "The signs of the weights are lost: an input with a negative weight lowers the mean.",
            ((_MEAN, "mean = tau * np.sum(rates * np.abs(weights))"),),
        ),
        Misconception(
            "sums_before_products",
            "Sums or means are taken before the products. Each input has a rate and a weight that belong together.",
            (
                (_MEAN, "mean = tau * np.sum(rates) * np.mean(weights)"),
                (_SPREAD, "variance = tau / 2 * np.sum(rates) * np.mean(weights) ** 2"),
            ),
            also=(
                (
                    (_MEAN, "mean = tau * np.sum(rates) * np.mean(weights)"),
                    (_SPREAD, "variance = tau / 2 * np.sum(rates) * np.mean(weights**2)"),
                ),
                (
                    (_MEAN, "mean = tau * np.sum(rates) * np.sum(weights)"),
                    (_SPREAD, "variance = tau / 2 * np.sum(rates) * np.sum(weights) ** 2"),
                ),
                (
                    (_MEAN, "mean = tau * np.sum(rates) * np.sum(weights)"),
                    (_SPREAD, "variance = tau / 2 * np.sum(rates) * np.sum(weights**2)"),
                ),
                ((_SPREAD, "variance = tau / 2 * np.sum(rates * weights) * np.mean(weights)"),),
            ),
        ),
        Misconception(
            "averaged",
            "The inputs are averaged instead of added up: more inputs drive the membrane more.",
            (
                ("np.sum(rates * weights)", "np.mean(rates * weights)"),
                ("np.sum(rates * weights**2)", "np.mean(rates * weights**2)"),
            ),
        ),
        Misconception(
            "in_step",
            "The standard deviations of the inputs are added up as if all inputs fired in step. They are independent: "
            "their variances add up.",
            ((_SPREAD, "variance = tau / 2 * np.sum(np.sqrt(rates) * np.abs(weights)) ** 2"),),
            also=(((_SPREAD, "variance = tau / 2 * np.sum(np.sqrt(rates) * weights) ** 2"),),),
        ),
        Misconception(
            "rounded",
            "The numbers are rounded to whole millivolts. Give them as they are.",
            (("np.array([mean, np.sqrt(variance)])", "np.round([mean, np.sqrt(variance)])"),),
            also=(
                (("np.array([mean, np.sqrt(variance)])", "np.floor([mean, np.sqrt(variance)])"),),
                (("np.array([mean, np.sqrt(variance)])", "np.round([mean, np.sqrt(variance)], 1)"),),
            ),
        ),
    ),
    seconds=5,
)


def _rate_cases(rng: Random) -> Iterator[Case]:
    def asked(times: list, neurons: list, n: int, duration: float, width: float) -> dict:
        spikes = {"times": array(times, "float"), "neurons": array(neurons, "int")}
        return spikes | {"n_neurons": n, "duration": duration, "width": width}

    def within(k: int, width: int) -> float:
        return round(width * (k + rng.choice([rng.uniform(0.05, 0.45), rng.uniform(0.55, 0.95)])), 2)

    for width, n in ((10, 3), (rng.choice([12, 16, 32]), 4)):
        # no neuron fires twice in a bin, all of them fire, and none does in the first bin or in the last
        cells = [(k, neuron) for k in range(1, 4) for neuron in range(n)]
        fired = rng.sample(cells[:n], 2) + rng.sample(cells[n:], n + 1) + [(2, neuron) for neuron in range(n)]
        fired = shuffled(rng, sorted(set(fired)))
        spikes = [within(k, width) for k, _ in fired], [neuron for _, neuron in fired]
        yield Case("bins", f"{len(fired)} spikes, bins of {width} ms", asked(*spikes, n, 5 * width, width))
    duration = rng.randint(61, 99)
    times = [round(rng.uniform(0.1, duration - 0.1), 2) for _ in range(20)]
    neurons = shuffled(rng, [0, 1, 2, *rng.choices(range(3), k=17)])
    yield Case("several", "one bin as long as all", asked(times, neurons, 3, duration, duration))
    times = [within(rng.randint(0, 2), 20) for _ in range(25)]
    neurons = shuffled(rng, [0, 1, 2, *rng.choices(range(3), k=22)])
    yield Case("several", "25 spikes in 3 bins of 20 ms", asked(times, neurons, 3, 60, 20))
    for _ in range(2):
        at = rng.sample(range(1, 8), 5)
        neurons = shuffled(rng, [0, 0, 1, 1, 2])
        yield Case("edges", "spikes where bins begin", asked([0, *(10 * k for k in at)], [2, *neurons], 3, 80, 10))
    times, silent = [within(k, 10) for k in range(5)], rng.randrange(4)
    others = [neuron for neuron in range(4) if neuron != silent]
    neurons = shuffled(rng, [*others, *rng.choices(others, k=2)])
    yield Case("edges", f"neuron {silent} is silent", asked(times, neurons, 4, 50, 10))
    yield Case("edges", "no spike", asked([], [], 2, 30, 10))


_IN_HZ = "return counts / (width / 1000)"
_BINS = "np.floor(np.asarray(times, dtype=float) / width).astype(int)"
_COUNTED = "np.add.at(counts, (bins, np.asarray(neurons, dtype=int)), 1)"


def _in_hz(rates: str) -> Changes:
    return ((_IN_HZ, f"return {rates}"),)


SPIKE_RATES = Exercise(
    name="spike_rates",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("bins", 2, "finds the rate of each neuron in each bin, in Hz"),
        Criterion("several", 1, "counts all spikes of a neuron in a bin, even where one bin covers the whole time"),
        Criterion("edges", 1, "works where bins begin, for a silent neuron, and in silence"),
    ),
    cases=_rate_cases,
    axes=("bin", "rate (Hz)"),
    places=("bin", "neuron"),
    misconceptions=(
        Misconception(
            "counts",
            "These are counts. A rate says how many there would be in a second: divide by the width of a bin in "
            "seconds. Otherwise it changes with the width.",
            _in_hz("counts"),
        ),
        Misconception(
            "per_millisecond",
            "These are spikes per millisecond. Hz is per second: a thousand times as many.",
            _in_hz("counts / width"),
        ),
        Misconception(
            "multiplied_by_the_width",
            "The counts are multiplied by the width of a bin. In a longer bin there are more spikes at the same rate: "
            "divide.",
            _in_hz("counts * width"),
            also=(_in_hz("counts * width / 1000"), _in_hz("counts * width * 1000")),
        ),
        Misconception(
            "whole_time",
            "The counts of a bin are divided by the whole time, not by the width of the bin.",
            _in_hz("counts / (duration / 1000)"),
            also=(_in_hz("counts / duration"),),
        ),
        Misconception(
            "cut_to_whole_numbers",
            "Something is cut to a whole number: 1000 / 16 is 62.5. Use / and not //, and an array of floats.",
            _in_hz("counts * (1000 // width)"),
            also=(_in_hz("(counts / (width / 1000)).astype(int)"), _in_hz("np.round(counts / (width / 1000))")),
        ),
        Misconception(
            "per_population",
            "All neurons are added up: this is how often any of them fires. The exercise asks for the rate of each "
            "neuron.",
            _in_hz("counts.sum(axis=1) / (width / 1000)"),
        ),
        Misconception(
            "mean_neuron",
            "This is the mean rate of the neurons. The exercise asks for the rate of each, one column per neuron: the "
            "mean hides which of them fire.",
            _in_hz("counts.mean(axis=1) / (width / 1000)"),
            also=(_in_hz("np.repeat(counts.mean(axis=1, keepdims=True), n_neurons, axis=1) / (width / 1000)"),),
        ),
        Misconception(
            "shared_out",
            "The rate of each neuron is divided by the number of neurons. Each has a rate of its own.",
            _in_hz("counts / (width / 1000) / n_neurons"),
        ),
        Misconception(
            "rounded",
            "The spikes go to the nearest beginning of a bin. A bin lasts from its beginning until the next one "
            "begins: cut the fraction off.",
            (
                (
                    _BINS,
                    "np.minimum(np.floor(np.asarray(times, dtype=float) / width + 0.5).astype(int), len(counts) - 1)",
                ),
            ),
        ),
        Misconception(
            "one_bin_late",
            "The spikes are one bin late. The first bin has number 0.",
            ((_BINS, f"np.minimum({_BINS} + 1, len(counts) - 1)"),),
            also=(((_BINS, f"({_BINS} + 1) % len(counts)"),),),
        ),
        Misconception(
            "end_belongs_to_the_bin",
            "A spike at the moment when a bin begins is counted in the bin before. Bin k begins with k * width, and "
            "ends just before (k + 1) * width.",
            ((_BINS, "np.maximum(np.ceil(np.asarray(times, dtype=float) / width).astype(int) - 1, 0)"),),
            also=(((_BINS, "np.ceil(np.asarray(times, dtype=float) / width).astype(int) - 1"),),),
        ),
        Misconception(
            "neurons_first",
            "The table is turned: time comes first, a row for each bin.",
            _in_hz("counts.T / (width / 1000)"),
        ),
        Misconception(
            "counted_once",
            "A neuron that fires twice in a bin counts once here. Each spike counts: add 1 for every one of them "
            "(np.add.at does, even where an index is listed twice).",
            ((_COUNTED, "counts[bins, np.asarray(neurons, dtype=int)] += 1"),),
        ),
        Misconception(
            "from_first_to_last_spike",
            "The bins go from the first spike to the last. They should begin at 0 and end with the duration, and the "
            "neurons are 0 to n_neurons - 1: give the range.",
            (
                (
                    _COUNTED,
                    "counts[:] = np.histogram2d(times, neurons, counts.shape)[0]",
                ),
            ),
            also=(
                (
                    (
                        _COUNTED,
                        "counts[:] = np.histogram2d(\n        "
                        "times, neurons, [len(counts), np.arange(n_neurons + 1) - 0.5]\n    )[0]",
                    ),
                ),
            ),
        ),
        Misconception(
            "in_order_of_time",
            "This takes for granted that the spikes are sorted by time. They come in any order.",
            (
                (
                    _COUNTED,
                    "cuts = np.searchsorted(times, np.arange(len(counts) + 1) * width)\n    "
                    "for row, a, b in zip(counts, cuts, cuts[1:]):\n        "
                    "row += np.bincount(np.asarray(neurons[a:b], dtype=int), minlength=n_neurons)",
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
        table.append([float(k in active) for k in range(n)])
    rates = [round(abs(rng.gauss(15 + 30 * seen, 12)) + 1, 2) for seen in table[0]]
    return {"rates": array(rates), "patterns": array(table)}


def _similar_cases(rng: Random) -> Iterator[Case]:
    for n_patterns, n in ((5, 9), (4, rng.randint(10, 14))):
        inputs = _similar_inputs(rng, n_patterns, n)
        for row in ("1-norm", "cosine", "correlation"):
            yield Case(row, f"{n_patterns} patterns of {n} neurons", inputs)
    inputs = _similar_inputs(rng, 4, rng.randint(10, 20))
    scaled = {"rates": array([37.0 * seen for seen in inputs["patterns"]["array"][0]]), "patterns": inputs["patterns"]}
    yield Case("perfect", "rates in proportion to the first pattern", scaled)
    inputs = _similar_inputs(rng, 5, 16)
    silent = {"rates": array([0.0] * 16), "patterns": inputs["patterns"]}
    yield Case("silent", "no neuron fires", silent)


_DISTANCE = "np.abs(scaled - patterns).sum(axis=1)"
_LENGTHS = "lengths = np.linalg.norm(one) * np.linalg.norm(many, axis=1)"

SIMILARITIES = Exercise(
    name="similarities",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("1-norm", 1, "finds the 1-norm of the difference", part="1-norm"),
        Criterion("cosine", 1, "finds the cosine", part="cosine"),
        Criterion("correlation", 1, "finds the correlation", part="correlation"),
        Criterion("perfect", 1, "finds no difference where the rates are the pattern, in Hz"),
        Criterion("silent", 1, "works if no neuron fires"),
    ),
    cases=_similar_cases,
    axes=("pattern", "1-norm, cosine, correlation"),
    parts=("1-norm", "cosine", "correlation"),
    places=("pattern",),
    misconceptions=(
        Misconception(
            "not_scaled",
            "The rates are in Hz and the patterns reach to 1, so the 1-norm measures little but the height of the "
            "rates. Divide by the largest rate first.",
            ((_DISTANCE, "np.abs(rates - patterns).sum(axis=1)"),),
        ),
        Misconception(
            "another_scale",
            "For the 1-norm the rates are divided by a number other than the largest of them. Then the largest is not "
            "1, and even a perfect return differs.",
            (("rates / max(rates.max(), 1e-12)", "rates / max(rates.sum(), 1e-12)"),),
            also=(
                (("rates / max(rates.max(), 1e-12)", "rates / max(np.linalg.norm(rates), 1e-12)"),),
                (("rates / max(rates.max(), 1e-12)", "rates / max(rates.mean(), 1e-12)"),),
                (("rates / max(rates.max(), 1e-12)", "rates / 1000"),),
                (("rates / max(rates.max(), 1e-12)", "(rates - rates.min()) / max(np.ptp(rates), 1e-12)"),),
            ),
        ),
        Misconception(
            "two_norm",
            "The first row is computed from squared differences. The 1-norm is the sum of the absolute differences.",
            ((_DISTANCE, "np.sqrt(((scaled - patterns) ** 2).sum(axis=1))"),),
            also=(((_DISTANCE, "((scaled - patterns) ** 2).sum(axis=1)"),),),
        ),
        Misconception(
            "mean_distance",
            "The first row is the mean difference per neuron. The 1-norm is the sum.",
            ((_DISTANCE, "np.abs(scaled - patterns).mean(axis=1)"),),
        ),
        Misconception(
            "differences_cancel",
            "The differences are added up with their signs, so they cancel. The 1-norm is the sum of their absolute "
            "values.",
            ((_DISTANCE, "(scaled - patterns).sum(axis=1)"),),
            also=(
                ((_DISTANCE, "(patterns - scaled).sum(axis=1)"),),
                ((_DISTANCE, "np.abs((patterns - scaled).sum(axis=1))"),),
            ),
        ),
        Misconception(
            "largest_difference",
            "The first row is the largest difference. The 1-norm is the sum of all of them.",
            ((_DISTANCE, "np.abs(scaled - patterns).max(axis=1)"),),
        ),
        Misconception(
            "dot_product",
            "Rates and patterns are multiplied but not divided by their lengths: large patterns win, and strong "
            "rates seem more alike.",
            ((_LENGTHS, "lengths = np.full(len(many), 1.0)"),),
            also=(
                ((_LENGTHS, "lengths = np.full(len(many), 1 / max(rates.max(), 1e-12))"),),
                ((_LENGTHS, "lengths = np.full(len(many), len(rates))"),),
                ((_LENGTHS, "lengths = np.full(len(many), len(rates) / max(rates.max(), 1e-12))"),),
            ),
        ),
        Misconception(
            "pattern_length_forgotten",
            "The product is divided by the length of the rates but not of the patterns: patterns with more active "
            "neurons win.",
            ((_LENGTHS, "lengths = np.linalg.norm(one) * np.ones(len(many))"),),
        ),
        Misconception(
            "rates_length_forgotten",
            "The product is divided by the length of the pattern but not of the rates.",
            ((_LENGTHS, "lengths = np.linalg.norm(many, axis=1)"),),
            also=(((_LENGTHS, "lengths = np.linalg.norm(many, axis=1) / max(rates.max(), 1e-12)"),),),
        ),
        Misconception(
            "length_of_the_table",
            "The product is divided by the length of all patterns together. Each has a length of its own: "
            "np.linalg.norm(patterns, axis=1).",
            ((_LENGTHS, "lengths = np.full(len(many), np.linalg.norm(one) * np.linalg.norm(many))"),),
        ),
        Misconception(
            "squared_lengths",
            "The product is divided by the squares of the lengths. The length is the square root of the sum of "
            "squares.",
            ((_LENGTHS, "lengths = (one**2).sum() * (many**2).sum(axis=1)"),),
        ),
        Misconception(
            "one_minus",
            "One minus the cosine is a distance (scipy's functions return that). The exercise asks for the cosine "
            "itself, and for the correlation itself.",
            (("return np.stack(rows)", "return np.stack([rows[0], 1 - rows[1], 1 - rows[2]])"),),
            also=(
                (("return np.stack(rows)", "return np.stack([rows[0], 1 - rows[1], rows[2]])"),),
                (("return np.stack(rows)", "return np.stack([rows[0], rows[1], 1 - rows[2]])"),),
            ),
        ),
        Misconception(
            "angle",
            "This is the angle. The exercise asks for its cosine.",
            (("return np.stack(rows)", "return np.stack([rows[0], np.arccos(np.clip(rows[1], -1, 1)), rows[2]])"),),
        ),
        Misconception(
            "cosine_twice",
            "The third row is the cosine once more. For the correlation, subtract the mean first, from the rates and "
            "from each pattern its own.",
            (("(scaled - scaled.mean(), centred)", "(scaled, patterns)"),),
        ),
        Misconception(
            "correlation_twice",
            "In the second row a mean has already been subtracted. The cosine is taken of rates and pattern as they "
            "are; only for the correlation are their means subtracted.",
            (("((scaled, patterns),", "((scaled - scaled.mean(), centred),"),),
            also=(
                (("((scaled, patterns),", "((scaled - scaled.mean(), patterns),"),),
                (("((scaled, patterns),", "((scaled, centred),"),),
            ),
        ),
        Misconception(
            "one_centred",
            "For the correlation only one of the two has lost its mean before the lengths are taken. Both have to "
            "lose it.",
            (("(scaled - scaled.mean(), centred)", "(scaled, centred)"),),
            also=((("(scaled - scaled.mean(), centred)", "(scaled - scaled.mean(), patterns)"),),),
        ),
        Misconception(
            "other_mean",
            "For the correlation the mean subtracted from each pattern is not its own. It has to be its own mean, "
            "over its neurons.",
            (("patterns.mean(axis=1, keepdims=True)", "patterns.mean(axis=0, keepdims=True)"),),
            also=((("patterns.mean(axis=1, keepdims=True)", "patterns.mean()"),),),
        ),
        Misconception(
            "one_less_than_n",
            "The correlation is too large or too small by N / (N - 1): one of covariance and standard deviations is "
            "divided by N, the other by N - 1. np.cov takes N - 1, np.std takes N.",
            (("return np.stack(rows)", "n = len(rates); rows[2] = rows[2] * n / (n - 1); return np.stack(rows)"),),
            also=(
                (("return np.stack(rows)", "n = len(rates); rows[2] = rows[2] * (n - 1) / n; return np.stack(rows)"),),
            ),
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


def _expects(matrix: str) -> Changes:
    return ((_MATRIX, f"return {matrix}"),)


RETURN_MATRIX = Exercise(
    name="return_matrix",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("there", 2, "expects the right number of paths back to the same neuron and to others"),
        Criterion("edges", 1, "works where everything is connected, and for one neuron"),
    ),
    cases=_matrix_cases,
    axes=("neuron", "expected ways"),
    places=("row", "column"),
    misconceptions=(
        Misconception(
            "squared_everywhere",
            "Off the diagonal this is right. On it, the way up and the way down are one and the same connection: it "
            "exists with probability p, not p squared.",
            _expects("np.full((n_x, n_x), n_y * p * p)"),
        ),
        Misconception(
            "added_on_the_diagonal",
            "On the diagonal n_y p is added to something else. The way up and the way down are one and the same "
            "connection there: n_y p is all.",
            _expects("n_y * p * (p + np.eye(n_x))"),
        ),
        Misconception(
            "variance_on_the_diagonal",
            "The diagonal holds n_y p (1 - p). The way up and the way down are one and the same connection there: n_y "
            "p.",
            _expects("n_y * p * (p + (1 - 2 * p) * np.eye(n_x))"),
        ),
        Misconception(
            "not_squared",
            "On the diagonal this is right. Off it, two different connections must both exist: p squared.",
            _expects("np.full((n_x, n_x), n_y * p)"),
        ),
        Misconception(
            "changed_places",
            "The diagonal and the rest have changed places. From x to itself there is one connection, up and down "
            "again; to another x there are two, which must both exist.",
            _expects("n_y * p * (1 + (p - 1) * np.eye(n_x))"),
        ),
        Misconception(
            "nothing_beside",
            "The entries off the diagonal are not 0: two neurons x may well lead to the same neuron y, with "
            "probability p squared for each y.",
            _expects("n_y * p * np.eye(n_x)"),
        ),
        Misconception(
            "one_way_less",
            "There is one path fewer than there are neurons y. Each of the n_y may be on a path, for every pair of "
            "neurons x.",
            _expects("(n_y - 1) * p * p + (n_y * p - (n_y - 1) * p * p) * np.eye(n_x)"),
            also=(_expects("(n_y - 1) * p * (p + (1 - p) * np.eye(n_x))"),),
        ),
        Misconception(
            "ways_over_x",
            "The paths lead through the neurons y: there are n_y of them, not n_x.",
            _expects("n_x * p * (p + (1 - p) * np.eye(n_x))"),
        ),
        Misconception(
            "one_way",
            "This is the probability of a path through one neuron y. There are n_y of them, and the paths add up.",
            _expects("p * (p + (1 - p) * np.eye(n_x))"),
        ),
        Misconception(
            "size_of_y",
            "The matrix has a row for each y. W^T W goes from x to x.",
            _expects("n_y * p * (p + (1 - p) * np.eye(n_y))"),
            also=(_expects("n_x * p * (p + (1 - p) * np.eye(n_y))"),),
        ),
        Misconception(
            "whole_numbers",
            "The numbers are cut or rounded to whole ones. An expected number of paths need not be whole.",
            _expects("np.floor(n_y * p * (p + (1 - p) * np.eye(n_x)))"),
            also=(_expects("np.round(n_y * p * (p + (1 - p) * np.eye(n_x)))"),),
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
    for n_x, n_y in ((3, 5), (4, 2)):
        yield Case("once", f"one example, {n_x} x and {n_y} y", _learning_inputs(rng, 1, n_x, n_y))
    for n_examples, n_x, n_y in ((6, 4, 3), (8, 2, 6)):
        says = f"{n_examples} examples, {n_x} x and {n_y} y"
        yield Case("again", says, _learning_inputs(rng, n_examples, n_x, n_y))
    whole = {"feedback": array([[rng.randint(-1, 1) for _ in range(3)] for _ in range(2)])}
    yield Case("again", "a feedback of whole numbers", _learning_inputs(rng, 4, 2, 3) | whole)
    late = {name: [[0, 0] for _ in range(1000)] + _learning_inputs(rng, 4, 2, 2)[name]["array"] for name in ("x", "y")}
    yield Case("again", "four examples after a thousand without a spike", _learning_inputs(rng, 4, 2, 2) | late)


_ERROR = "error = seen - learned @ code"
_GROWS = "learned += rate * np.outer(error, code)"
_BEGINS = "learned = np.array(feedback, dtype=float)"
_EXAMPLES = "zip(np.asarray(x, dtype=float), np.asarray(y, dtype=float), strict=True)"
_LEARNED = "return learned"

LEARN_FEEDBACK = Exercise(
    name="learn_feedback",
    module=spiking_autoencoder,
    probe="call",
    criteria=(
        Criterion("once", 3, "corrects the feedback after one example"),
        Criterion("again", 3, "goes on from there with each further example"),
    ),
    cases=_learning_cases,
    axes=("neuron x", "feedback"),
    places=("x", "y"),
    misconceptions=(
        Misconception(
            "hebb_only",
            "What fires together wires together, without end: the feedback grows whether it is already right or not. "
            "Subtract what it already says about x.",
            ((_ERROR, "error = seen"),),
        ),
        Misconception(
            "wrong_sign",
            "The error has the wrong sign: what is missing is x minus what the feedback says about it. With the other "
            "sign each step makes the error larger.",
            ((_ERROR, "error = learned @ code - seen"),),
            also=(((_ERROR, "error = seen + learned @ code"),),),
        ),
        Misconception(
            "each_takes_off_its_own",
            "Each synapse subtracts only what it says about x by itself. What the feedback says is what all synapses "
            "onto x say together: the sum over y.",
            ((_GROWS, "learned += rate * (np.outer(seen, code) - learned * code**2)"),),
            also=(((_GROWS, "learned += rate * (seen[:, None] - learned) * code"),),),
        ),
        Misconception(
            "synapse_after_synapse",
            "Within an example each synapse already sees what those before it have learned. All of them should "
            "correct the same error, the one before the example.",
            (
                (
                    _GROWS,
                    "for j in range(len(code)):\n            learned[:, j] += rate * (seen - learned @ code) * code[j]",
                ),
            ),
        ),
        Misconception(
            "all_at_once",
            "All errors are those of the first feedback, and are corrected together at the end. Here each example "
            "meets the feedback that the one before it left.",
            ((_ERROR, "error = seen - np.asarray(feedback, dtype=float) @ code"),),
            also=(
                (
                    (_ERROR, "error = seen - np.asarray(feedback, dtype=float) @ code"),
                    (_GROWS, "learned += rate / len(x) * np.outer(error, code)"),
                ),
            ),
        ),
        Misconception(
            "rate_shared_out",
            "The learning rate is divided by the number of examples. Each of them corrects with the whole rate.",
            ((_GROWS, "learned += rate / len(x) * np.outer(error, code)"),),
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
            "last_first",
            "The examples are gone through from the last to the first. They come one after the other, as listed.",
            ((_EXAMPLES, "zip(np.asarray(x, dtype=float)[::-1], np.asarray(y, dtype=float)[::-1], strict=True)"),),
        ),
        Misconception(
            "first_left_out",
            "The first example is left out.",
            ((_EXAMPLES, "zip(np.asarray(x, dtype=float)[1:], np.asarray(y, dtype=float)[1:], strict=True)"),),
        ),
        Misconception(
            "last_left_out",
            "The last example is left out.",
            ((_EXAMPLES, "zip(np.asarray(x, dtype=float)[:-1], np.asarray(y, dtype=float)[:-1], strict=True)"),),
        ),
        Misconception(
            "first_only",
            "Only the first example counts: is the return inside the loop?",
            ((_EXAMPLES, "zip(np.asarray(x, dtype=float)[:1], np.asarray(y, dtype=float)[:1], strict=True)"),),
        ),
        Misconception(
            "change_alone",
            "This is the change. The exercise asks for the feedback after it.",
            ((_LEARNED, "return learned - feedback"),),
        ),
        Misconception(
            "means_taken_off",
            "Here the means over the examples are subtracted from x and y. The rule takes them as they are.",
            (
                (
                    _EXAMPLES,
                    "zip(x - np.mean(x, axis=0), y - np.mean(y, axis=0), strict=True)",
                ),
            ),
        ),
        Misconception(
            "never_below_zero",
            "The feedback is kept at or above 0. Nothing in the rule does that: weights below zero cancel what is too "
            "much.",
            ((_GROWS, "learned = np.maximum(learned + rate * np.outer(error, code), 0)"),),
            also=(
                ((_LEARNED, "return np.maximum(learned, 0)"),),
                ((_ERROR, "error = np.maximum(seen - learned @ code, 0)"),),
            ),
        ),
        Misconception(
            "decays",
            "The whole feedback shrinks by the rate at each example, before it grows. It should shrink only where it "
            "says too much: in proportion to the error.",
            ((_GROWS, "learned += rate * (np.outer(seen, code) - learned)"),),
            also=(((_GROWS, "learned += rate * (np.outer(error, code) - learned)"),),),
        ),
        Misconception(
            "sign_of_y",
            "Only the sign of y counts here. A synapse whose y was more active had a larger part in the error: "
            "multiply by y itself.",
            ((_GROWS, "learned += rate * np.outer(error, np.sign(code))"),),
        ),
        Misconception(
            "y_left_out",
            "All synapses onto x grow alike. A synapse whose y was more active had a larger part in the error: "
            "multiply by y.",
            ((_GROWS, "learned += rate * error[:, None]"),),
        ),
        Misconception(
            "rate_forgotten",
            "The whole error is corrected at each example: the learning rate is left out.",
            ((_GROWS, "learned += np.outer(error, code)"),),
        ),
    ),
    seconds=5,
)


WHY_SILENT = Essay(
    name="why_silent",
    points=3,
    scheme="""\
One point each:

1. *The numbers.* Mean 200 Hz x 10 mV x 10 ms = 20 mV, standard deviation 10 mV, threshold 50 mV: three of them above
   the mean, so x fires rarely (2.8 Hz). For y: 30 neurons x at 2.8 Hz, each connected with probability 0.1, 5 mV: 0.4
   mV, standard deviation 1 mV, fifty of them away. The first half without y: ½.
2. *Why more input alone does not help.* It makes x and y fire, but what comes back through independent random feedback
   goes to neurons that have nothing to do with the pattern. (Or: with the loop closed we cannot tell what x has from
   its input and what from y.)
3. *Why stronger recurrence does not help.* Above a certain strength every spike sets off more than one other: the
   network runs away to the ceiling that the refractory period sets, the same for each pattern. What is the same for
   each pattern says nothing about it.
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
   about x_i, which x_i has in its own dendrite. All of it is there. Feedback must not drive x while x is being taught
   (two compartments, or a gate): an answer that mentions this may have the point even if one item is missing.
3. *Why it goes beyond the transpose.* W^T brings back every pattern with a background from the others (p^2 N off the
   diagonal); the rule goes on until no error is left that correlates with any y_j, which is the regression. Weights
   below zero appear, which cancel the background.
4. *An honest limit.* Any one of these: weights change their sign, which a real synapse does not; the averages of x and
   y have to be known; the teacher is always there; only patterns of this kind have been tried; a second layer would
   need an error of its own.
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
