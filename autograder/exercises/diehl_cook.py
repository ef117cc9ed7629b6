"""The exercises of the chapter on digits learned without labels."""

from collections.abc import Iterator, Sequence
from random import Random

import solutions.diehl_cook as diehl_cook
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals, shuffled
from autograder.probes import array


def _seconds(rng: Random, low: float, high: float) -> float:
    return round(rng.uniform(low, high), 6)


def _image(rng: Random, part: str, values: Sequence[float], **more) -> dict:
    """An image of a few brightnesses, of a size that is drawn, at a rate at which a full pixel spikes often."""
    inputs: dict = {"part": part, "values": shuffled(rng, values), "pixels": rng.randint(60, 90), "n_steps": 40}
    inputs |= {"max_value": 255, "dt": round(rng.uniform(0.0015, 0.0025), 7), "seed": rng.randint(0, 10**6)} | more
    return inputs | {"max_rate": round(rng.uniform(0.77, 0.83) / inputs["dt"], 3)}


def _poisson_cases(rng: Random) -> Iterator[Case]:
    # a full pixel spikes in four of five steps, so that few draws tell a rate that is 10 % off
    image = _image(rng, "counts", [0, rng.randint(30, 100), rng.randint(110, 200), 255])
    yield Case("rate", f"an image of 4 brightnesses, dt = {image['dt']}", image)
    dark = [rng.randint(*ends) for ends in ((30, 50), (60, 80), (90, 120), (140, 150))]
    image = _image(rng, "counts", dark, max_value=200, dt=decimals(rng, 0.3, 0.45))
    yield Case("rate", f"an image without a full pixel, dt = {image['dt']}", image)
    values = [0, round(rng.uniform(0.2, 0.4), 2), round(rng.uniform(0.5, 0.7), 2), 1]
    image = _image(rng, "counts", values, max_value=1, dt=0.5)
    yield Case("rate", "brightness from 0 to 1, dt = 0.5", image)
    for rows in (rng.randint(3, 4), rng.randint(5, 7)):
        image = _image(rng, "spikes", [rng.randint(60, 255) for _ in range(rows)])
        yield Case("independent", f"{rows} rows of {image['pixels']} pixels", image)
    for low, high in ((0.8, 1.2), (0.3, 0.6), (2, 3)):
        dt = round(rng.uniform(low, high) / 1000, 7)
        image = _image(rng, "heights", [0, 100, 255], pixels=rng.randint(20, 50), n_steps=3, dt=dt)
        yield Case("height", f"an image of 3 x {image['pixels']} pixels, dt = {dt}", image)


_CHANCE = "chance = np.asarray(values, dtype=float) / max_value * max_rate * dt"

POISSON_FIRE = Exercise(
    name="poisson_fire",
    module=diehl_cook,
    probe="diehl_cook.spiked",
    again=False,
    measure="diehl_cook.statistics",
    criteria=(
        Criterion("rate", 2, "spikes as often as the brightness asks for", holds="diehl_cook.as_often_as_asked"),
        Criterion("independent", 1, "lets each pixel spike independently", holds="diehl_cook.each_for_itself"),
        Criterion(
            "height",
            1,
            "gives a spike the height 1 / dt, and returns the shape of the image",
            holds="diehl_cook.of_area_one",
        ),
    ),
    cases=_poisson_cases,
    axes=("brightness", "spikes"),
    misconceptions=(
        Misconception(
            "rate_without_dt",
            "A rate is used as a probability. A pixel of 60 Hz has 60 spikes in a second, so in one step of dt the "
            "probability of a spike is 60 dt.",
            ((_CHANCE, _CHANCE.removesuffix(" * dt")),),
        ),
        Misconception(
            "dt_in_milliseconds",
            "The probability of a spike is a thousand times too large: dt is in seconds, and rates are spikes per "
            "second.",
            ((_CHANCE, _CHANCE + " * 1000"),),
        ),
        Misconception(
            "step_of_a_millisecond",
            "The probability is that of a step of 1 ms, whatever dt is. In a step twice as long a spike is twice as "
            "likely.",
            ((_CHANCE, _CHANCE.removesuffix("dt") + "0.001"),),
        ),
        Misconception(
            "one_draw_for_all",
            "Several pixels share one random number: a bright one spikes whenever a dark one does. Draw a number for "
            "each pixel, rng.random(shape).",
            (("rng.random(chance.shape) < chance", "rng.random() < chance"),),
            also=(
                (("rng.random(chance.shape) < chance", "rng.random(chance.shape[-1:]) < chance"),),
                (("rng.random(chance.shape) < chance", "rng.random((*chance.shape[:-1], 1)) < chance"),),
            ),
        ),
        Misconception(
            "height_one",
            "A spike has the height 1 here. It lasts one step of dt, so its area would shrink with the step: 1 / dt.",
            (("return spikes / dt", "return spikes * 1.0"),),
        ),
        Misconception(
            "height_dt",
            "A spike has the height dt here. It lasts one step of dt, and its area should be 1: 1 / dt.",
            (("return spikes / dt", "return spikes * dt"),),
        ),
        Misconception(
            "silent_where_it_should_spike",
            "Pixels spike where the random number is above their probability, so the dark ones spike most. It has to "
            "be below.",
            (("rng.random(chance.shape) < chance", "rng.random(chance.shape) > chance"),),
        ),
        Misconception(
            "always_of_255",
            "The brightness is divided by 255, whatever full brightness is. Divide by max_value.",
            ((_CHANCE, _CHANCE.replace("max_value", "255")),),
        ),
        Misconception(
            "brightest_of_the_image",
            "The brightness is divided by that of the brightest pixel of this image: a dark image looks as bright as "
            "any. Divide by max_value.",
            ((_CHANCE, _CHANCE.replace("max_value", "(np.max(values) or 1)")),),
        ),
        Misconception(
            "two_brightnesses",
            "Grey pixels are treated as black or as fully bright. The rate grows with the brightness, in all its "
            "shades.",
            ((_CHANCE, _CHANCE.replace("/ max_value *", "// max_value *")),),
            also=(
                ((_CHANCE, _CHANCE.replace("/ max_value", "/ max_value // 0.5 / 2")),),
                ((_CHANCE, "chance = (np.asarray(values, dtype=float) > max_value / 2) * max_rate * dt"),),
            ),
        ),
        Misconception(
            "mean_instead_of_spikes",
            "This is the expected value, the same in every step: a current, not spikes. Whether a spike comes has to "
            "be drawn at random.",
            (("return spikes / dt", "return chance / dt"),),
        ),
    ),
    seconds=10,
    in_page=("numpy",),
)


def _synapse_cases(rng: Random) -> Iterator[Case]:
    n = 12
    for dt in (0.001, 0.0005):
        tau = _seconds(rng, 0.003, 0.008)
        rows: list[list] = [[[1 / dt if k in (1, 2) else 0.0]] for k in range(n)]
        yield Case("fades", f"two spikes, tau_s = {tau}, t_step = {dt}", {"made": [1, tau, dt], "steps": rows})
    tau = _seconds(rng, 0.005, 0.02)
    rows = [[[1.0, 2.5]] for _ in range(n)]
    yield Case("gain", "constant inputs of 1 and 2.5", {"made": [2, tau, 0.001], "steps": rows})
    for highest in (-0.2, 1):
        rows = [[[decimals(rng, -3, highest), decimals(rng, -1, 1)]] for _ in range(n)]
        yield Case("gain", "inputs below 0", {"made": [2, tau, 0.002], "steps": rows})
    rows = [[array([decimals(rng, 0, 900) * (rng.random() < 0.4) for _ in range(3)])] for _ in range(n)]
    yield Case("each", "three synapses", {"made": [3, tau, 0.001], "steps": rows})
    rows = [[array([1000.0, 0.0])], *[[array([0.0, 0.0])] for _ in range(4)]]
    yield Case("each", "a step three times as long as tau_s", {"made": [2, 0.002, 0.006], "steps": rows})


_PSP = "self.voltage = a * self.voltage + (1 - a) * np.asarray(inputs, dtype=float)"
_A = "a = np.exp(-self.t_step / self.tau_s)"

SYNAPSES = Exercise(
    name="SynapseCollection",
    module=diehl_cook,
    probe="diehl_cook.stepped",
    criteria=(
        Criterion("fades", 2, "jumps at a spike and fades with tau_s"),
        Criterion("gain", 1, "settles at the value of a constant input"),
        Criterion("each", 1, "works for several synapses and for long steps"),
    ),
    cases=_synapse_cases,
    axes=("step", "potential"),
    places=("step", "neuron"),
    misconceptions=(
        Misconception(
            "no_gain",
            "The input goes in whole. Under a constant input of 1 the potential then settles far above 1. What fades "
            "by 1 - a in a step may grow only by (1 - a) input.",
            ((_PSP, _PSP.replace("(1 - a) * ", "")),),
        ),
        Misconception(
            "swapped",
            "The old potential is multiplied by 1 - a and the input by a: the synapse forgets what it should keep.",
            ((_PSP, _PSP.replace("a * self.voltage + (1 - a)", "(1 - a) * self.voltage + a")),),
        ),
        Misconception(
            "fades_at_once",
            "A spike fades in the very step in which it comes: a multiplies the new input too.",
            ((_PSP, "self.voltage = a * (self.voltage + (1 - a) * np.asarray(inputs, dtype=float))"),),
        ),
        Misconception(
            "eulers_step",
            "a = 1 - t_step / tau_s is Euler's step: it is close for short steps, and negative for a step longer than "
            "tau_s. The exact factor is an exponential.",
            ((_A, "a = 1 - self.t_step / self.tau_s"),),
        ),
        Misconception(
            "forgets_itself",
            "The potential is returned but not kept, so each step begins at 0 again: write it to self.voltage.",
            ((_PSP, _PSP.replace("a * self.voltage + ", "")),),
        ),
        Misconception(
            "nothing_is_kept",
            "The potential becomes its input and keeps nothing of its old value, so a is almost 0. In a = exp(-t_step "
            "/ tau_s) both times are in seconds.",
            ((_A, "a = np.exp(-1 / self.tau_s)"),),
            also=(((_A, "a = np.exp(-1000 * self.t_step / self.tau_s)"),),),
        ),
        Misconception(
            "fraction_upside_down",
            "The fraction in the exponent is upside down. The longer tau_s, the more is kept: exp(-t_step / tau_s).",
            ((_A, "a = np.exp(-self.tau_s / self.t_step)"),),
        ),
        Misconception(
            "step_of_a_millisecond",
            "This is the a of a step of 1 ms, however long the step is: exp(-t_step / tau_s).",
            ((_A, "a = np.exp(-0.001 / self.tau_s)"),),
        ),
        Misconception(
            "inputs_times_the_step",
            "The input is multiplied by t_step. A spike already has the area 1, since it is 1 / t_step high.",
            ((_PSP, _PSP + " * self.t_step"),),
        ),
        Misconception(
            "spikes_count_one",
            "The size of an input does not count here: everything above 0 is treated as 1. A spike is 1 / t_step "
            "high, and weighted spikes have any size.",
            ((_PSP, _PSP.replace("np.asarray(inputs, dtype=float)", "(np.asarray(inputs) > 0)")),),
        ),
        Misconception(
            "one_step_late",
            "The potentials are those before the step. Return what they are after it.",
            ((_PSP, "before = self.voltage\n        " + _PSP), ("return self.voltage", "return before")),
        ),
        Misconception(
            "never_below_zero",
            "Potentials are kept above 0. An input below 0 takes them below it.",
            ((_PSP, _PSP.replace("= a", "= np.maximum(a") + ", 0)"),),
            also=(((_PSP, _PSP + "\n        self.voltage = np.abs(self.voltage)"),),),
        ),
    ),
    seconds=5,
    in_page=("numpy",),
)


def _currents(rng: Random, n: int, steps: int) -> list:
    return [[array([decimals(rng, 1.3, 6) for _ in range(n)])] for _ in range(steps)]


def _lif_cases(rng: Random) -> Iterator[Case]:
    for tau in (0.02, _seconds(rng, 0.01, 0.03)):
        low = [[array([0.5, 0.9, -0.5])] for _ in range(10)]
        inputs = {"made": [3, tau, 0.002, 1.0, 0.001], "steps": low, "look": "voltage"}
        yield Case("leaks", f"currents below the threshold, tau_rc = {tau}", inputs)
    for look in ({}, {"look": "voltage"}):
        steady = [[array([2.0, decimals(rng, 2.2, 4), decimals(rng, 5, 8)])] for _ in range(1)] * 60
        inputs = {"made": [3, 0.02, 0.0043, 1.0, 0.001], "steps": steady} | look
        what = "voltages" if look else "spikes"
        yield Case(
            "sub_step" if look else "spikes", f"{what} under three constant currents, tau_ref = 4.3 steps", inputs
        )
    inputs = {"made": [4, 0.02, 0.0037, 1.0, 0.001], "steps": _currents(rng, 4, 60)}
    yield Case("sub_step", "changing currents, tau_ref = 3.7 steps", inputs | {"look": "voltage"})
    thresholds = array([0.5, 1.7, decimals(rng, 2.5, 3.5)])
    steady = [[array([4.0, 4.0, 4.0])] for _ in range(60)]
    inputs = {"made": [3, 0.02, 0.0026, thresholds, 0.001], "steps": steady, "look": "voltage"}
    yield Case("thresholds", "a threshold for each neuron", inputs)
    inputs = {"made": [2, 0.01, 0.0015, 1.0, 0.0005], "steps": _currents(rng, 2, 50)}
    yield Case("spikes", "spikes with t_step = 0.0005", inputs)
    yield Case("thresholds", "voltages with t_step = 0.0005", inputs | {"look": "voltage"})
    currents = [[array([decimals(rng, 4, 6) for _ in range(2)])] for _ in range(40)]
    inputs = {"made": [2, 0.02, 0.0033, 1.0, 0.001], "steps": currents, "look": "voltage"}
    raised = {"15": {"v_th": array([2.0, decimals(rng, 2.5, 3.5)])}}
    yield Case("thresholds", "v_th is raised after 15 steps", inputs | {"set": raised})


_REFRACTORY = "self.refractory_time[fired] = self.tau_ref - np.minimum(since, awake[fired])"
_CHARGE = "self.voltage = current + (self.voltage - current) * np.exp(-awake / self.tau_rc)"
_AWAKE = "awake = np.clip(dt - self.refractory_time, 0, dt)"

_ON_TOP = "self.voltage = self.voltage * np.exp(-awake / self.tau_rc) + current * awake / self.tau_rc"
_EULER = "self.voltage = self.voltage + (current - self.voltage) * awake / self.tau_rc"
_UNGUARDED = (
    ("since[rising] = self.tau_rc * np.log(ahead[rising] / gap[rising])", "since = self.tau_rc * np.log(ahead / gap)"),
    ("np.minimum(since, awake[fired])", "since"),
)
"""As the page's formula has it: wrong voltages lead to moments before the step, or to none."""

LIF = Exercise(
    name="LIF",
    module=diehl_cook,
    probe="diehl_cook.stepped",
    criteria=(
        Criterion("leaks", 2, "follows its current exactly below the threshold"),
        Criterion("spikes", 1, "gives 1 / t_step in the steps in which a neuron fires"),
        Criterion("sub_step", 2, "rests for tau_ref from the moment of the spike, within the step"),
        Criterion("thresholds", 2, "takes a threshold for each neuron, and any step"),
    ),
    cases=_lif_cases,
    axes=("step", "voltage or spikes"),
    places=("step", "neuron"),
    misconceptions=(
        Misconception(
            "rests_from_the_end_of_the_step",
            "The rest begins at the end of the step, not at the spike within it. What has passed since the spike is "
            "already part of the rest: subtract it.",
            ((_REFRACTORY, "self.refractory_time[fired] = self.tau_ref"),),
        ),
        Misconception(
            "rest_too_long",
            "The rest lasts longer by s, the time since the spike. That has already passed: tau_ref - s is left, with "
            "an s above 0, so in the fraction the larger difference is above the smaller one.",
            ((_REFRACTORY, _REFRACTORY.replace("tau_ref - np", "tau_ref + np")),),
        ),
        Misconception(
            "threshold_of_one_in_the_logarithm",
            "The moment of the spike is computed with the threshold 1. Use the threshold that this neuron has "
            "crossed, v_th: otherwise the logarithm points outside the step, or is not a number at all.",
            (("(current - self.v_th)[fired]", "(current - 1.0)[fired]"),),
        ),
        Misconception(
            "charges_while_resting",
            "There is no rest: the voltage rises again in the step after a spike. A spike begins a rest of tau_ref, "
            "and the voltage follows the current only while the neuron is awake.",
            ((_AWAKE, "awake = np.full(self.n, dt)"),),
        ),
        Misconception(
            "rests_in_whole_steps",
            "A neuron that wakes within a step loses all of it here. It is awake for the rest of that step: "
            "dt - refractory_time, between 0 and dt.",
            ((_AWAKE, "awake = np.where(self.refractory_time > 0, 0, dt)"),),
        ),
        Misconception(
            "eulers_step",
            "This is Euler's step. Under a constant current the exact one is just as short: current + (v - current) "
            "exp(-awake / tau_rc).",
            ((_CHARGE, _EULER),),
            also=(((_CHARGE, _EULER), *_UNGUARDED),),
        ),
        Misconception(
            "current_added_on_top",
            "The voltage fades exactly, but the current is added as in a short step: i awake / tau_rc. The exact step "
            "adds i (1 - exp(-awake / tau_rc)).",
            ((_CHARGE, _ON_TOP),),
            also=(((_CHARGE, _ON_TOP), *_UNGUARDED),),
        ),
        Misconception(
            "on_a_straight_line",
            "The moment of the spike is taken from a straight line between two voltages. The voltage follows an "
            "exponential, and so s has a logarithm.",
            (
                (_CHARGE, "before = self.voltage\n        " + _CHARGE),
                (
                    "self.tau_rc * np.log(ahead[rising] / gap[rising])",
                    "(awake * (self.voltage - self.v_th) / (self.voltage - before))[fired][rising]",
                ),
            ),
            also=(
                (
                    (_CHARGE, "before = self.voltage\n        " + _CHARGE),
                    (
                        "self.tau_rc * np.log(ahead[rising] / gap[rising])",
                        "(dt * (self.voltage - self.v_th) / (self.voltage - before))[fired][rising]",
                    ),
                ),
            ),
        ),
        Misconception(
            "rested_neurons_live_faster",
            "A neuron that has rested follows its current for longer than the step lasts: the rest that is left goes "
            "on below 0. It is at least 0, and no neuron is awake for more than dt.",
            (
                (_AWAKE, "awake = np.maximum(dt - self.refractory_time, 0)"),
                ("np.maximum(self.refractory_time - dt, 0)", "self.refractory_time - dt"),
            ),
        ),
        Misconception(
            "keeps_its_voltage",
            "The voltage is not reset at a spike. It begins again at 0.",
            (("        self.voltage[fired] = 0\n", ""),),
            also=((("        self.voltage[fired] = 0\n", ""), *_UNGUARDED),),
        ),
        Misconception(
            "subtracts_the_threshold",
            "After a spike the voltage keeps what it was above the threshold. Here it begins again at 0.",
            (("self.voltage[fired] = 0", "self.voltage[fired] -= self.v_th[fired]"),),
        ),
        Misconception(
            "mean_current",
            "Every neuron gets the mean of all currents. Each has a current of its own.",
            (
                (
                    "current = np.asarray(inputs, dtype=float)",
                    "current = np.full(self.n, np.mean(np.asarray(inputs, dtype=float)))",
                ),
            ),
        ),
        Misconception(
            "spike_of_height_one",
            "A spike counts 1 here (or True), in a step of any length. Its area should be 1: return 1 / t_step.",
            (("return fired / dt", "return fired * 1.0"),),
        ),
    ),
    seconds=10,
    in_page=("numpy",),
)


def _threshold_cases(rng: Random) -> Iterator[Case]:
    tau, plus, v_th = _seconds(rng, 0.005, 0.02), decimals(rng, 0.1, 0.6), decimals(rng, 1.3, 2)
    made = [1, v_th, plus, tau, 0.001]
    rows = [[array([1000.0 if k in (2, 3, 8) else 0.0])] for k in range(14)]
    yield Case("grows", "three spikes of one neuron", {"made": made, "steps": rows})
    made = [3, v_th, plus, _seconds(rng, 0.005, 0.02), 0.0005]
    rows = [[array([2000.0 * (rng.random() < 0.3) for _ in range(3)])] for _ in range(15)]
    rows[0], rows[1] = [array([2000.0, 0.0, 0.0])], [array([0.0, 2000.0, 0.0])]
    yield Case("grows", "three neurons, t_step = 0.0005", {"made": made, "steps": rows})
    made = [2, 1.0, plus, 2.0, 3.0]
    rows = [[array([1 / 3, 1 / 3])], *[[array([0.0, (k == 2) / 3])] for k in range(5)]]
    yield Case("sinks", "a step longer than tau", {"made": made, "steps": rows})
    rows = [[array([0.0, 0.0])] for _ in range(3)]
    yield Case("sinks", "nobody fires", {"made": [2, v_th, plus, 0.01, 0.001], "steps": rows})
    rows = [[array([500.0 * (k == 1), 500.0 * (k in (0, 3))])] for k in range(8)]
    yield Case("sinks", "tau = inf: never", {"made": [2, v_th, plus, "inf", 0.002], "steps": rows})


_GROWS = "self.extra = self.extra * np.exp(-self.t_step / self.tau) + self.plus * z"
_THRESHOLD = "return self.v_th + self.extra"

THRESHOLD = Exercise(
    name="AdaptiveThreshold",
    module=diehl_cook,
    probe="diehl_cook.stepped",
    criteria=(
        Criterion("grows", 2, "grows with each neuron's own spikes"),
        Criterion("sinks", 2, "sinks back to v_th, whatever the step"),
    ),
    cases=_threshold_cases,
    axes=("step", "threshold"),
    places=("step", "neuron"),
    misconceptions=(
        Misconception(
            "height_of_the_spike",
            "The height of the spike, 1 / t_step, is multiplied in: thresholds in volts on top of voltages in "
            "millivolts. A spike counts 1, so ask whether it is above 0.",
            (("z = np.asarray(spikes) > 0", "z = np.asarray(spikes)"),),
        ),
        Misconception(
            "shared",
            "One neuron's spike raises the thresholds of all. Each neuron gets tired on its own.",
            (("z = np.asarray(spikes) > 0", "z = np.any(np.asarray(spikes) > 0)"),),
        ),
        Misconception(
            "adds_before_it_sinks",
            "What a spike adds already fades in the same step. First let the old part sink, then add.",
            ((_GROWS, "self.extra = (self.extra + self.plus * z) * np.exp(-self.t_step / self.tau)"),),
        ),
        Misconception(
            "one_step_late",
            "The thresholds are those before the step. Return what they are after it: a spike counts at once.",
            ((_GROWS, "before = self.extra\n        " + _GROWS), (_THRESHOLD, "return self.v_th + before")),
        ),
        Misconception(
            "smoothed",
            "A spike adds (1 - exp(-t_step / tau)) plus, as in a synapse. It adds plus, all of it.",
            ((_GROWS, _GROWS.replace("self.plus", "(1 - np.exp(-self.t_step / self.tau)) * self.plus")),),
        ),
        Misconception(
            "v_th_grows",
            "v_th itself grows and never sinks back. What a spike adds belongs to the extra part alone.",
            ((_GROWS, _GROWS + "\n        self.v_th = self.v_th + self.plus * z"),),
            also=(((_GROWS, _GROWS + "\n        self.v_th = self.v_th + self.extra"),),),
        ),
        Misconception(
            "in_parts_of_v_th",
            "A spike adds v_th times plus. plus is in the units of v_th, and is added as it is.",
            ((_GROWS, _GROWS.replace("self.plus", "self.v_th * self.plus")),),
            also=(((_THRESHOLD, "return self.v_th * (1 + self.extra)"),),),
        ),
        Misconception(
            "sinks_at_once",
            "Nothing is left of a spike a step later. In exp(-t_step / tau) both times are in seconds.",
            ((_GROWS, _GROWS.replace("-self.t_step", "-1000 * self.t_step")),),
            also=(
                ((_GROWS, _GROWS.replace("self.t_step", "1")),),
                ((_GROWS, "self.extra = self.plus * z"),),
            ),
        ),
        Misconception(
            "step_of_a_millisecond",
            "It sinks as in a step of 1 ms, however long the step is: exp(-t_step / tau).",
            ((_GROWS, _GROWS.replace("self.t_step", "0.001")),),
        ),
        Misconception(
            "only_the_extra",
            "This is only what has been added. The threshold is v_th plus that.",
            ((_THRESHOLD, "return self.extra"),),
        ),
        Misconception(
            "sinks_to_zero",
            "v_th itself fades as well, so a neuron that has been silent for a long time fires without any input. "
            "Only the extra part sinks.",
            (
                (
                    _THRESHOLD,
                    "self.v_th = self.v_th * np.exp(-self.t_step / self.tau)\n        return self.v_th + self.extra",
                ),
            ),
        ),
        Misconception(
            "never_sinks",
            "The threshold grows forever. Between spikes it has to sink back, by exp(-t_step / tau) in a step.",
            ((_GROWS, "self.extra = self.extra + self.plus * z"),),
        ),
        Misconception(
            "eulers_step",
            "1 - t_step / tau is Euler's factor, which is below 0 for a step longer than tau. The exact one is an "
            "exponential.",
            ((_GROWS, "self.extra = self.extra * (1 - self.t_step / self.tau) + self.plus * z"),),
        ),
    ),
    seconds=5,
    in_page=("numpy",),
)


def _trains(rng: Random, n_pre: int, n_post: int, steps: int, share: float = 0.3) -> list:
    draw = lambda n: array([1.0 if rng.random() < share else 0.0 for _ in range(n)])  # noqa: E731
    return [[draw(n_pre), draw(n_post)] for _ in range(steps)]


def _weights(rng: Random, n_pre: int, n_post: int, low: float = 0.2, high: float = 0.8) -> dict:
    return array([[decimals(rng, low, high) for _ in range(n_post)] for _ in range(n_pre)])


def _stdp_cases(rng: Random) -> Iterator[Case]:
    one, none = [1.0], [0.0]
    gap = rng.randint(3, 8)
    for says, steps in (
        ("the input spikes first", [[one, none], *[[none, none]] * gap, [none, one]]),
        ("the neuron fires first", [[none, one], *[[none, none]] * gap, [one, none]]),
        ("both in one step", [[none, none], [one, one], [none, none]]),
    ):
        made = [[[0.5]], 0.02, 0.03, decimals(rng, 0.05, 0.2), decimals(rng, 0.05, 0.2)]
        trains = [[array(part) for part in step] for step in steps]
        yield Case("order", f"one pair: {says}", {"made": made, "steps": trains})
    made = [_weights(rng, 4, 3), 0.015, 0.025, 0.03, 0.02]
    yield Case("traces", "4 inputs, 3 neurons, many spikes", {"made": made, "steps": _trains(rng, 4, 3, 25)})
    made = [_weights(rng, 3, 2), 0.015, 0.025, 0.03, 0.02, 0.0, 1.0, False, 0.002]
    high: list = [
        [array([500 * k for k in pre["array"]]), array([k > 0 for k in post["array"]])]
        for pre, post in _trains(rng, 3, 2, 20)
    ]
    inputs = {"made": made, "steps": high, "set": {"10": {"w": _weights(rng, 3, 2)}}}
    yield Case("traces", "spikes 1 / t_step high, t_step = 0.002, w is set after 10 steps", inputs)
    made = [_weights(rng, 3, 2, 0.45, 0.55), 0.02, 0.03, 0.25, 0.2, 0.3, 0.7]
    yield Case("bounds", "hard bounds at 0.3 and 0.7", {"made": made, "steps": _trains(rng, 3, 2, 20, 0.5)})
    made = [_weights(rng, 3, 2), 0.02, 0.03, 0.1, 0.12, 0.1, 1.2, True]
    yield Case("bounds", "soft bounds at 0.1 and 1.2", {"made": made, "steps": _trains(rng, 3, 2, 20)})
    made = [_weights(rng, 3, 2, -0.5, 0.5), 0.02, 0.03, 1.4, 1.3, -0.6, 0.6, True]
    yield Case("bounds", "soft bounds at -0.6 and 0.6", {"made": made, "steps": _trains(rng, 3, 2, 20)})


_POTENTIATE = "self.w[:, post] += self.a_plus * self.x[:, None] * room"
_DEPRESS = "self.w[pre] -= self.a_minus * self.y * room"
_SAYS = '        """The weights after one step'
_INPUTS = """\
        room = self.w[pre] - self.g_min if self.soft else 1.0
        self.w[pre] -= self.a_minus * self.y * room
        self.x[pre] = 1
"""
_NEURONS = """\
        room = self.g_max - self.w[:, post] if self.soft else 1.0
        self.w[:, post] += self.a_plus * self.x[:, None] * room
        self.y[post] = 1
"""
_CLIP = "np.clip(self.w, self.g_min, self.g_max, out=self.w)"
_BEGIN = "pre, post = np.asarray(pre) > 0, np.asarray(post) > 0"

STDP = Exercise(
    name="STDPWeights",
    module=diehl_cook,
    probe="diehl_cook.stepped",
    criteria=(
        Criterion("order", 3, "strengthens what came before a spike, weakens what came after"),
        Criterion(
            "traces", 2, "keeps a trace for each input and each neuron, whatever the step and the spikes' height"
        ),
        Criterion("bounds", 2, "keeps the weights within hard and soft bounds"),
    ),
    cases=_stdp_cases,
    axes=("step", "weight"),
    places=("step", "input", "neuron"),
    misconceptions=(
        Misconception(
            "trace_before_use",
            "The neurons' traces are raised before the inputs use them. Of two spikes in one step the input came "
            "first, so it must not be punished for the other: use a trace, and only then set it.",
            ((_BEGIN, f"{_BEGIN}\n        self.y[post] = 1 / np.exp(-self.t_step / self.tau_minus)"),),
        ),
        Misconception(
            "inputs_too_late",
            "A neuron's spike does not see the inputs of its own step. They arrive first, and may be what made the "
            "neuron fire: set x before the weights grow.",
            (
                ("self.x[pre] = 1\n", "pass\n"),
                ("self.y[post] = 1\n", "self.y[post] = 1\n        self.x[pre] = 1\n"),
            ),
        ),
        Misconception(
            "neurons_before_inputs",
            "The neurons fire before the inputs of the step spike, so their traces punish inputs that came in time. "
            "First the inputs, with x set to 1, then the neurons.",
            ((_INPUTS + _NEURONS, _NEURONS + _INPUTS),),
        ),
        Misconception(
            "own_traces",
            "A spike reads the trace of its own side. An input's spike reads y, and a neuron's spike reads x.",
            (
                ("self.a_minus * self.y *", "self.a_minus * self.x[pre][:, None] *"),
                ("self.a_plus * self.x[:, None] *", "self.a_plus * self.y[post] *"),
            ),
        ),
        Misconception(
            "y_read_before_it_fades",
            "y fades only after the inputs have read it, so it is one step too fresh. Both traces fade first.",
            (
                ("        self.y *= np.exp(-self.t_step / self.tau_minus)\n", ""),
                (
                    "        self.x[pre] = 1\n",
                    "        self.x[pre] = 1\n        self.y *= np.exp(-self.t_step / self.tau_minus)\n",
                ),
            ),
        ),
        Misconception(
            "height_counts",
            "The height of a spike is multiplied in. Whatever is above 0 is one spike.",
            (
                (_BEGIN, _BEGIN + "\n        high, tall = heights"),
                ("self.a_minus * self.y *", "high[pre][:, None] * self.a_minus * self.y *"),
                ("self.a_plus * self.x[:, None] *", "tall[post] * self.a_plus * self.x[:, None] *"),
                (_SAYS, "        heights = np.asarray(pre) * 1.0, np.asarray(post) * 1.0\n" + _SAYS),
            ),
        ),
        Misconception(
            "step_of_a_millisecond",
            "The traces fade as in a step of 1 ms, however long the step is: exp(-t_step / tau).",
            (
                ("self.t_step / self.tau_plus", "0.001 / self.tau_plus"),
                ("self.t_step / self.tau_minus", "0.001 / self.tau_minus"),
            ),
        ),
        Misconception(
            "traces_added_up",
            "The traces add up spike by spike, so a fast input counts several times over. Here only the last spike "
            "counts: it sets the trace to 1.",
            (("self.x[pre] = 1", "self.x[pre] += 1"), ("self.y[post] = 1", "self.y[post] += 1")),
        ),
        Misconception(
            "clip_before_add",
            "The weights are brought back into their range before they grow, and not after it, so they can be "
            "returned beyond their bounds.",
            (
                (f"        {_CLIP}\n", ""),
                (_BEGIN, f"{_BEGIN}\n        {_CLIP}"),
            ),
            also=(((f"        {_CLIP}\n", ""), ("self.x[pre] = 1\n", f"self.x[pre] = 1\n        {_CLIP}\n")),),
        ),
        Misconception(
            "both_strengthen",
            "An input that spikes after the neuron makes its weight grow too. It came too late to be a cause: its "
            "weight has to sink.",
            ((_DEPRESS, _DEPRESS.replace("-=", "+=")),),
        ),
        Misconception(
            "traces_never_fade",
            "The traces stay at 1 forever, so a spike from long ago counts as much as a recent one. Let both fade in "
            "each step.",
            (("self.x *= np.exp", "self.x *= 1.0 or np.exp"), ("self.y *= np.exp", "self.y *= 1.0 or np.exp")),
        ),
        Misconception(
            "time_constants_swapped",
            "The time constants are swapped: tau_plus belongs to x, the trace of the inputs, and tau_minus to y.",
            (
                ("self.t_step / self.tau_plus", "self.t_step / self.tau_MINUS"),
                ("self.t_step / self.tau_minus", "self.t_step / self.tau_plus"),
                (
                    "self.w = np.array(weights, dtype=float)",
                    "self.w, self.tau_MINUS = np.array(weights, dtype=float), tau_minus",
                ),
            ),
        ),
        Misconception(
            "always_hard",
            "The bounds are hard even where soft=True. With soft bounds, growth is scaled by the room that is left, "
            "g_max - w, and sinking by w - g_min.",
            (
                ("self.w[pre] - self.g_min if self.soft else 1.0", "1.0"),
                ("self.g_max - self.w[:, post] if self.soft else 1.0", "1.0"),
            ),
        ),
        Misconception(
            "always_soft",
            "The bounds are soft even where soft=False. With hard bounds a change has its full size, however near the "
            "bound is.",
            (
                (" - self.g_min if self.soft else 1.0", " - self.g_min"),
                (" - self.w[:, post] if self.soft else 1.0", " - self.w[:, post]"),
            ),
        ),
        Misconception(
            "room_from_0_to_1",
            "The room is measured as if the range were 0 to 1. It is g_max - w and w - g_min.",
            (("self.w[pre] - self.g_min", "self.w[pre]"), ("self.g_max - self.w[:, post]", "1 - self.w[:, post]")),
        ),
        Misconception(
            "room_of_before",
            "The room for growth is taken from the weights before the inputs' spikes. A weight that has just sunk has "
            "more room.",
            (
                (_BEGIN, _BEGIN + "\n        before = self.w.copy()"),
                ("self.g_max - self.w[:, post]", "self.g_max - before[:, post]"),
            ),
        ),
        Misconception(
            "rooms_swapped",
            "The room is measured to the wrong side: a weight near g_max grows fastest. Growth is scaled by g_max - w.",
            (
                ("self.w[pre] - self.g_min", "self.g_max - self.w[pre]"),
                ("self.g_max - self.w[:, post]", "self.w[:, post] - self.g_min"),
            ),
        ),
    ),
    seconds=10,
    in_page=("numpy",),
)


def _own_cases(rng: Random) -> Iterator[Case]:
    for n in (rng.randint(6, 9), rng.randint(10, 20)):
        one = rng.randrange(n)
        yield Case("one", f"one of {n} neurons fires", {"spikes": array([float(k == one) for k in range(n)])})
    for n in (5, rng.randint(7, 12)):
        spikes = [float(rng.randint(0, 3)) for _ in range(n)]
        spikes[1] = 2.0
        yield Case("several", f"spikes of {n} neurons", {"spikes": array(spikes)})
    yield Case("several", "any numbers", {"spikes": array([decimals(rng, -2, 2) for _ in range(rng.randint(4, 9))])})
    yield Case("several", "nobody fires", {"spikes": array([0.0, 0.0, 0.0])})
    yield Case("one", "a single neuron", {"spikes": array([1.0])})
    many = rng.randint(1400, 1600)
    yield Case("cost", f"{many} neurons", {"many": many, "seed": rng.randrange(10**6)})


_OWN = "return spikes.sum() - spikes"

ALL_BUT_OWN = Exercise(
    name="all_but_own",
    module=diehl_cook,
    probe="diehl_cook.reached",
    measure="diehl_cook.cost",
    criteria=(
        Criterion("one", 1, "lets a spike reach all other neurons"),
        Criterion("several", 1, "adds up the spikes of several neurons"),
        Criterion("cost", 1, "needs time and memory that grow only like N", holds="diehl_cook.grows_like_n"),
    ),
    cases=_own_cases,
    axes=("neuron", "what arrives"),
    places=("neuron",),
    misconceptions=(
        Misconception(
            "inhibits_itself",
            "A neuron's spike comes back to itself, so the winner silences itself along with all the others. Leave "
            "out its own.",
            ((_OWN, "return np.full(len(spikes), spikes.sum())"),),
        ),
        Misconception(
            "only_itself",
            "Only its own spikes reach a neuron. It is the other way round: all but its own.",
            ((_OWN, "return spikes"),),
        ),
        Misconception(
            "mean",
            "The sum is divided by the number of neurons, or of the others. Then the larger the network, the weaker "
            "the inhibition, and with 400 neurons there is next to none.",
            ((_OWN, "return (spikes.sum() - spikes) / len(spikes)"),),
            also=(
                ((_OWN, "return (spikes.sum() - spikes) / (len(spikes) - 1)"),),
                ((_OWN, "return spikes.sum() / len(spikes) - spikes"),),
            ),
        ),
        Misconception(
            "one_less_for_all",
            "The same number reaches all neurons: the sum minus 1. Subtract from the sum each neuron's own spikes; a "
            "silent neuron has none.",
            ((_OWN, "return np.full(len(spikes), spikes.sum() - 1)"),),
        ),
        Misconception(
            "once_for_all",
            "Each of the others counts once, however often it fires. Add up their spikes.",
            ((_OWN, "return (spikes > 0).sum() - (spikes > 0)"),),
            also=(((_OWN, "return (spikes != 0).sum() - (spikes != 0)"),),),
        ),
        Misconception(
            "neighbours_only",
            "Only the two neighbours of a neuron are reached. Here every neuron inhibits every other one.",
            (
                (
                    _OWN,
                    "return np.append(0, spikes[:-1]) + np.append(spikes[1:], 0)",
                ),
            ),
            also=(((_OWN, "return np.roll(spikes, 1) + np.roll(spikes, -1)"),),),
        ),
        Misconception(
            "own_minus_all",
            "The sign is reversed: what arrives is all minus own. The network itself subtracts it.",
            ((_OWN, "return spikes - spikes.sum()"),),
        ),
    ),
    seconds=5,
)


def _present_inputs(rng: Random, part: str, pace: list[float], enough: int, n_steps: int) -> dict:
    image = [decimals(rng, 0.2, 1) for _ in range(3)]
    rate = decimals(rng, 20, 30)
    return {
        "part": part,
        "pace": pace,
        "image": image,
        "max_rate": rate,
        "n_steps": n_steps,
        "enough": enough,
    }


def _present_cases(rng: Random) -> Iterator[Case]:
    for part, says in (("counts", "the counts"), ("tries", "the tries")):
        criterion = "counts" if part == "counts" else "tries"
        inputs = _present_inputs(rng, part, [], 2, 40)
        # what is left in a network that was not reset makes each neuron fire once more
        wanted = [rng.randint(*ends) + rng.uniform(0.7, 0.9) for ends in ((8, 20), (8, 20), (1, 7))]
        charge = sum(inputs["image"]) * inputs["max_rate"] * inputs["n_steps"] / 1000
        inputs["pace"] = [round(spikes / charge, 5) for spikes in wanted]
        yield Case(criterion, f"{says} where one try is enough", inputs)
        inputs = _present_inputs(rng, part, [0.9, decimals(rng, 0.3, 0.5), 0.2], 9, 50)
        yield Case(criterion, f"{says} where the image has to be shown again", inputs)
    # 3 neurons of one pace: 3 spikes or none
    inputs = {"part": "tries", "pace": [0.5] * 3, "image": [1.0, 1.0], "n_steps": 50, "enough": 3}
    inputs["max_rate"] = decimals(rng, 22, 36)
    yield Case("enough", "three neurons fire once each, and three spikes are enough", inputs)


_RAISE = "max_rate = max_rate * 1.25"
_SHOW = "said = sum(np.asarray(network.step(image, max_rate), dtype=float) for _ in range(n_steps))"
_SHOW_RISING = """said = 0
        for _ in range(n_steps):
            said = said + np.asarray(network.step(image, max_rate), dtype=float)
            max_rate = max_rate * 1.1"""
_SHOW_UNTIL = """said = np.zeros(1)
        for _ in range(n_steps):
            if said.sum() < enough:
                said = said + np.asarray(network.step(image, max_rate), dtype=float)"""

_OF_TRIES = "try", ("steps", "rate of the first step", "rate of the last step")

PRESENT = Exercise(
    name="present",
    module=diehl_cook,
    probe="diehl_cook.presented",
    measure="diehl_cook.tries",
    criteria=(
        Criterion("counts", 2, "counts the spikes of the last try, from a fresh start"),
        Criterion("tries", 3, "begins each try afresh, with one rate throughout", places=_OF_TRIES),
        Criterion("enough", 1, "asks whether all neurons together have fired often enough", places=_OF_TRIES),
    ),
    cases=_present_cases,
    axes=("neuron or try", "spikes or rate"),
    places=("neuron",),
    misconceptions=(
        Misconception(
            "reset_once",
            "The network is reset before the first try only. What a failed try left behind then helps the next one.",
            (
                (
                    "    while True:\n        network.reset()  # nothing is left of the image before\n",
                    "    network.reset()\n    while True:\n",
                ),
            ),
        ),
        Misconception(
            "never_reset",
            "The network still has the previous image in its voltages when this one comes. Reset it before each try: "
            "otherwise many a mistake names the previous digit.",
            (("network.reset()  # nothing is left of the image before\n", "pass\n"),),
        ),
        Misconception(
            "rate_rises_within_a_try",
            "The rate is raised in every step, so soon every pixel spikes in every step. Raise it between the tries.",
            ((_SHOW, _SHOW_RISING), (f"        {_RAISE}\n", "")),
            also=(
                ((_SHOW, _SHOW_RISING.replace("max_rate * 1.1", "1.25 * max_rate")), (f"        {_RAISE}\n", "")),
                ((_SHOW, _SHOW_RISING.replace("max_rate * 1.1", "1.25 * max_rate")),),
            ),
        ),
        Misconception(
            "counts_add_up",
            "The spikes of failed tries are counted too. They came from a darker image that said too little: begin "
            "at 0.",
            (
                ("    while True:\n", "    total = 0\n    while True:\n"),
                ("if said.sum() >= enough:", "total = said = total + said\n        if said.sum() >= enough:"),
            ),
        ),
        Misconception(
            "another_factor",
            "The rate of the next try is not 1.25 times that of the one before it.",
            ((_RAISE, "max_rate = max_rate * 2"),),
            also=(
                ((_RAISE, "max_rate = max_rate * 1.1"),),
                ((_RAISE, "max_rate = max_rate * 1.5"),),
                ((_RAISE, "max_rate = max_rate * 1.2"),),
                ((_RAISE, "max_rate = max_rate + 1.25"),),
                ((_RAISE, "max_rate += first / 4"), ("    while True:\n", "    first = max_rate\n    while True:\n")),
            ),
        ),
        Misconception(
            "reset_in_each_step",
            "The network is reset before every step, so nothing can build up in it. Reset it before each try.",
            (
                ("        network.reset()  # nothing is left of the image before\n", ""),
                (_SHOW, _SHOW.replace("np.asarray(network", "np.asarray(network.reset() or network")),
            ),
        ),
        Misconception(
            "ends_when_it_is_enough",
            "A try ends as soon as there are enough spikes. Show all n_steps steps, and ask then.",
            ((_SHOW, _SHOW_UNTIL),),
        ),
        Misconception(
            "not_n_steps",
            "A try has one step too many, or too few. It has n_steps.",
            (("range(n_steps)", "range(n_steps - 1)"),),
            also=((("range(n_steps)", "range(n_steps + 1)"),),),
        ),
        Misconception(
            "once_too_often",
            "The image is shown once more after the network has said enough. Return that try itself.",
            (
                ("    while True:\n", "    last = False\n    while True:\n"),
                ("if said.sum() >= enough:", "if last:"),
                (f"        {_RAISE}", f"        last = said.sum() >= enough\n        {_RAISE}"),
            ),
        ),
        Misconception(
            "busiest_decides",
            "Here a single neuron has to fire that often. What counts is the spikes of all neurons together.",
            (("said.sum() >= enough", "said.max() >= enough"),),
        ),
        Misconception(
            "more_than_enough",
            "Exactly enough is enough: >= instead of >.",
            (("said.sum() >= enough", "said.sum() > enough"),),
        ),
        Misconception(
            "one_try",
            "The image is shown once, whatever the network says. If it says too little, show it again, brighter.",
            (("said.sum() >= enough", "said.sum() >= 0"),),
        ),
    ),
    seconds=5,
)


def _counts(rng: Random, groups: Sequence[int]) -> list:
    """How often something fires for each of some images or neurons, such that the mean of one group is the largest.

    Negative groups are none. Where two means are nearly equal a rounding would decide: it is drawn again.
    """
    while True:
        counts = [rng.choice([0, 0, 1, 2, 3, 5]) for _ in groups]
        means = sorted((_mean(counts, groups, one) for one in {*groups} if one >= 0), reverse=True)
        if means[0] > 0 and (len(means) < 2 or means[0] - means[1] > 1e-3):
            return counts


def _mean(counts: Sequence[int], groups: Sequence[int], one: int) -> float:
    mine = [count for count, group in zip(counts, groups, strict=True) if group == one]
    return sum(mine) / len(mine)


def _some_classes(rng: Random, length: int, classes: Sequence[int]) -> list[int]:
    """Each of the classes at least once, in any order."""
    return shuffled(rng, [*classes, *(rng.choice(classes) for _ in range(length - len(classes)))])


def _label_cases(rng: Random) -> Iterator[Case]:
    few = [0, 1, rng.randint(4, 9), rng.randint(10, 11)]
    for images, classes, n_classes in ((24, range(4), 4), (24, range(4), 4), (11, few, 12), (14, few, 12)):
        labels = _some_classes(rng, images, classes)
        counts = [list(row) for row in zip(*(_counts(rng, labels) for _ in range(7)), strict=True)]
        inputs = {"counts": array(counts), "labels": array(labels), "n_classes": n_classes}
        there = f"{n_classes} classes" if len(classes) == n_classes else f"{len(classes)} of {n_classes} classes"
        yield Case("mean", f"{images} images of {there}, 7 neurons", inputs)
    # class 0 has many images with a few spikes each, class 3 few with more, class 1 none at all
    labels = [0] * 8 + [3] * 2 + [2] * 3
    counts = [[2, 1, 0, 0]] * 8 + [[4, rng.randint(5, 6), 0, 0]] * 2 + [[1, 0, 0, 0], [9, 1, 0, 2], [0, 0, 0, 0]]
    inputs = {"counts": array(counts), "labels": array(labels), "n_classes": 4}
    yield Case("mean", "one class has many images; class 1 has none", inputs)
    # an image of each class; each neuron fires for one of them, some only once, or never
    for n in (5, 6):
        fires_for = shuffled(rng, [-1, -1, -1, *range(n), *range(n)])
        often = [rng.choice([1, rng.randint(1, 9)]) for _ in fires_for]
        often[fires_for.index(n - 1)] = 1
        labels = shuffled(rng, range(n))
        counts = [[k * (c == label) for c, k in zip(fires_for, often, strict=True)] for label in labels]
        inputs = {"counts": array(counts), "labels": array(labels), "n_classes": n}
        yield Case("silent", f"three of {len(fires_for)} neurons never fire", inputs)
    labels = shuffled(rng, [0, 0, 1, 1, 2, 2])
    pairs = shuffled(rng, [((0, 1), 2), ((1, 2), 1), ((0, 2), 3), ((1, 2), 4)])
    counts = [[(c in pair) * often for pair, often in pairs] for c in labels]
    inputs = {"counts": array(counts), "labels": array(labels), "n_classes": 3}
    yield Case("silent", "two classes are equal", inputs)


_MEAN_RESPONSE = "response[c] = counts[labels == c].mean(axis=0)"
_LABELS = "np.where(counts.any(axis=0), response.argmax(axis=0), -1)"

_BUSIEST = """\
    def _busiest(counts):
        return (np.arange(counts.shape[1]) == counts.argmax(axis=1)[:, None]) & counts.any(axis=1)[:, None]

"""

LABEL_NEURONS = Exercise(
    name="label_neurons",
    module=diehl_cook,
    probe="call",
    criteria=(
        Criterion("mean", 3, "takes the class with the largest mean count"),
        Criterion("silent", 1, "gives -1 to a neuron that never fired, and the lowest class to one with a tie"),
    ),
    cases=_label_cases,
    axes=("neuron", "label"),
    places=("neuron",),
    misconceptions=(
        Misconception(
            "sums",
            "A class with many images wins too easily: divide the spikes for a class by the number of that class's "
            "own images.",
            ((_MEAN_RESPONSE, _MEAN_RESPONSE.replace("mean", "sum")),),
        ),
        Misconception(
            "strongest_image",
            "The single image with the most spikes decides. One odd image is not a class: take the mean over all "
            "images of it.",
            ((_MEAN_RESPONSE, _MEAN_RESPONSE.replace("mean", "max")),),
        ),
        Misconception(
            "silent_is_zero",
            "A neuron that never fired is called a zero. It knows nothing, and says so with -1.",
            ((_LABELS, "response.argmax(axis=0)"),),
        ),
        Misconception(
            "place_among_those_there",
            "The indices among the classes that occur are returned. Where a class has no image, all labels above it "
            "are one too low.",
            (
                (
                    "response = np.full((n_classes, counts.shape[1]), -1.0)",
                    "response = np.full((len(np.unique(labels)), counts.shape[1]), -1.0)",
                ),
                (
                    "for c in np.unique(labels):\n        " + _MEAN_RESPONSE,
                    "for k, c in enumerate(np.unique(labels)):\n        " + _MEAN_RESPONSE.replace("[c]", "[k]", 1),
                ),
            ),
        ),
        Misconception(
            "images_not_spikes",
            "You count in how many images a neuron fires at all, not how often it fires. A neuron may whisper at a "
            "four and shout at a nine.",
            ((_MEAN_RESPONSE, "response[c] = (counts[labels == c] > 0).mean(axis=0)"),),
        ),
        Misconception(
            "median",
            "This is the class with the largest median. A neuron that is silent at most images of its class has the "
            "median 0: take the mean.",
            ((_MEAN_RESPONSE, "response[c] = np.median(counts[labels == c], axis=0)"),),
        ),
        Misconception(
            "whole_means",
            "The mean counts are cut down to whole numbers, so 1.2 and 1.9 are equal. Divide with / instead of //.",
            ((_MEAN_RESPONSE, "response[c] = counts[labels == c].sum(axis=0) // (labels == c).sum()"),),
            also=(((_MEAN_RESPONSE, "response[c] = np.round(counts[labels == c].mean(axis=0))"),),),
        ),
        Misconception(
            "missing_class_wins",
            "Neurons are given a class that has no image: the mean of nothing is nan, and argmax takes it for the "
            "largest. Leave such classes out.",
            (("for c in np.unique(labels):", "for c in range(n_classes):"),),
        ),
        Misconception(
            "busiest_neuron_of_each_image",
            "Each image counts for its busiest neuron only. All neurons that fire for it have something to say: take "
            "the mean for each neuron.",
            (
                (_MEAN_RESPONSE, "response[c] = (counts[labels == c] * _busiest(counts[labels == c])).mean(axis=0)"),
                (_LABELS, "np.where((counts * _busiest(counts)).any(axis=0), response.argmax(axis=0), -1)"),
                ("    counts, labels = np", _BUSIEST + "    counts, labels = np"),
            ),
            also=(
                (
                    (_MEAN_RESPONSE, "response[c] = _busiest(counts[labels == c]).sum(axis=0)"),
                    (_LABELS, "np.where(_busiest(counts).any(axis=0), response.argmax(axis=0), -1)"),
                    ("    counts, labels = np", _BUSIEST + "    counts, labels = np"),
                ),
            ),
        ),
    ),
    seconds=5,
)


def _vote_cases(rng: Random) -> Iterator[Case]:
    few = [0, 1, rng.randint(4, 9), rng.randint(10, 11)]
    for classes, n_classes in ((range(4), 4), (range(4), 4), (few, 12), ([-1, *few], 12)):
        labels = _some_classes(rng, 8, classes)
        weak = [int(place == labels.index(max(labels))) for place in range(8)]
        inputs = {
            "counts": array(shuffled(rng, [weak, *(_counts(rng, labels) for _ in range(11))])),
            "neuron_labels": array(labels),
            "n_classes": n_classes,
        }
        there = f"{n_classes} classes" if len(classes) == n_classes else f"4 of {n_classes} classes"
        yield Case("mean", f"12 images, 8 neurons, {there}", inputs)
    # the busiest neuron, the most neurons and the best mean belong to three classes
    inputs = {
        "counts": array([[5, 0, 0, 4, 2, 2, 2, 2], [1, 1, 0, rng.randint(4, 5), 2, 1, 2, 2]]),
        "neuron_labels": array([1, 1, 1, 2, 0, 0, 0, 0]),
        "n_classes": 3,
    }
    yield Case("mean", "classes with one, three and four neurons", inputs)
    # of the neurons with a label one fires for an image, or none does; the other ones are loud for some images
    for n in (3, 4):
        labels = shuffled(rng, [*range(n), -1, -1])
        fires = shuffled(rng, [-2, -2, *range(n), *range(n)])
        counts = [[rng.randint(1, 3) * (c == one) + 9 * (c < 0 and one % 2 == 0) for c in labels] for one in fires]
        inputs = {"counts": array([[0] * len(labels), *counts]), "neuron_labels": array(labels), "n_classes": n}
        yield Case("nobody", "neurons without a label, an image without a spike", inputs)
    labels = shuffled(rng, [0, 0, 1, 1, 2, 2])
    pairs = shuffled(rng, [((0, 1), 2), ((1, 2), 1), ((0, 2), 3), ((1, 2), 4)])
    counts = [[(c in pair) * often for c in labels] for pair, often in pairs]
    inputs = {"counts": array(counts), "neuron_labels": array(labels), "n_classes": 3}
    yield Case("nobody", "two classes are equal", inputs)


_VOTES = "votes[:, c] = counts[:, neuron_labels == c].mean(axis=1)"
_VOTED = "np.where(votes.any(axis=1), votes.argmax(axis=1), -1)"

_IF_ANY = "        if (neuron_labels == c).any():\n            "
_ZEROS = "votes = np.zeros((len(counts), n_classes))"

VOTE = Exercise(
    name="vote",
    module=diehl_cook,
    probe="call",
    criteria=(
        Criterion("mean", 3, "takes the class whose neurons fire most on average"),
        Criterion(
            "nobody",
            1,
            "leaves out neurons without a label, says -1 where no other fired, and the lowest class in a tie",
        ),
    ),
    cases=_vote_cases,
    axes=("image", "class"),
    places=("image",),
    misconceptions=(
        Misconception(
            "busiest_neuron",
            "The single busiest neuron decides, and where two are equal the first in the list. Ties are frequent "
            "with a few spikes: let all neurons of a class speak.",
            (
                (
                    _VOTED,
                    "np.where(votes.any(axis=1), neuron_labels[counts.argmax(axis=1)], -1)",
                ),
            ),
        ),
        Misconception(
            "sums",
            "A class with many neurons wins too easily: divide the spikes of a class by the number of its own neurons.",
            ((_VOTES, _VOTES.replace("mean", "sum")),),
        ),
        Misconception(
            "nobody_is_zero",
            "Where no neuron fired, the answer is 0, as if that were known. Say -1.",
            ((_VOTED, "votes.argmax(axis=1)"),),
        ),
        Misconception(
            "loudest_of_a_class",
            "Only the loudest neuron of each class counts. Take the mean over all of them.",
            ((_VOTES, _VOTES.replace("mean", "max")),),
        ),
        Misconception(
            "one_neuron_one_vote",
            "Each neuron that fired has one vote, however often it fired. Three spikes say more than one.",
            ((_VOTES, "votes[:, c] = (counts[:, neuron_labels == c] > 0).mean(axis=1)"),),
        ),
        Misconception(
            "mean_of_those_that_fired",
            "The mean is that of the neurons that fired for the image. Silent neurons of a class speak against it: "
            "divide by how many the class has.",
            (
                (
                    _VOTES,
                    "one = counts[:, neuron_labels == c]\n"
                    "            votes[:, c] = one.sum(axis=1) / np.maximum((one > 0).sum(axis=1), 1)",
                ),
            ),
        ),
        Misconception(
            "each_by_its_own_mean",
            "The counts of each neuron are divided by its own mean first. A spike counts the same, whichever neuron "
            "fires it.",
            (("np.asarray(counts, dtype=float)", "np.asarray(counts) / np.maximum(np.mean(counts, axis=0), 1e-9)"),),
        ),
        Misconception(
            "missing_class_wins",
            "Images are given a class that has no neuron: the mean of nothing is nan, and argmax takes it for the "
            "largest. Leave such classes out.",
            ((_IF_ANY, "        "),),
            also=(((_IF_ANY, "        "), (_VOTED, _VOTED.replace("votes.any", "counts.any"))),),
        ),
        Misconception(
            "place_among_those_there",
            "The indices among the classes that have neurons are returned. Where a class has no neuron, all labels "
            "above it are one too low.",
            (
                ("for c in range(n_classes):", "for k, c in enumerate(np.unique(neuron_labels[neuron_labels >= 0])):"),
                (_VOTES, _VOTES.replace("[:, c]", "[:, k]", 1)),
            ),
            also=(
                (
                    ("for c in range(n_classes):", "for k, c in enumerate(np.unique(neuron_labels)):"),
                    (_VOTES, _VOTES.replace("[:, c]", "[:, k]", 1)),
                ),
            ),
        ),
        Misconception(
            "ten_classes",
            "There are ten classes here, whatever n_classes says.",
            ((_ZEROS, "votes = np.zeros((len(counts), 10))"), ("range(n_classes)", "range(10)")),
        ),
        Misconception(
            "unlabelled_are_enough",
            "Where only neurons without a label fire, the answer is unknown: say -1 there too.",
            ((_VOTED, _VOTED.replace("votes.any", "counts.any")),),
        ),
    ),
    seconds=5,
)

BEFORE = Essay(
    name="the_digit_before",
    points=4,
    scheme="""\
One point each:

1. *Where it stays.* Voltages, postsynaptic potentials and the inhibition outlive the pause: time constants of 0.1 to
   0.5 s against a pause of 0.15 s, e^(−0.3) to e^(−1.5) are left; the neurons of the old digit are the ones above the
   threshold. "It remembers" without naming a quantity: ½.
2. *How to find it.* A test that separates the causes: compare the wrong answers with the previous label (chance would
   be about one in ten); or show each digit twice after different digits; or shuffle and see whether the same image gets
   another answer.
3. *How to repair it.* reset() before each image, or a pause of several of the longest time constants; and why a
   reset is fair: nothing that was learned is in the reset part.
4. *What must not be reset.* Weights and adapted thresholds; they are what was learned.""",
)

YARDSTICK = Essay(
    name="honest_yardstick",
    points=5,
    scheme="""\
One point each:

1. *Where labels come in.* Not in the weights, but in naming the neurons, and in choosing settings on held-out labels.
   Naming must use training labels only.
2. *Why k-means.* It does what the network does, find typical images without labels, one for each unit, and is read in
   the same way; so it shows what spikes cost or gain, at equal size.
3. *Why logistic regression or nearest neighbour are not that yardstick, though they should be shown.* They use every
   label, or keep every image.
4. *What the network offers besides accuracy.* For instance: it learns while it sees images one by one; local rules,
   spikes, hardware. An unsupported "it is like the brain": 0.
5. *A sensible comparison of the student's own,* with what is kept equal (units, data, readout) and what is
   measured.""",
)

CHAPTER = Chapter(
    name="diehl_cook",
    exercises=(POISSON_FIRE, SYNAPSES, LIF, THRESHOLD, STDP, ALL_BUT_OWN, PRESENT, LABEL_NEURONS, VOTE),
    essays=(BEFORE, YARDSTICK),
)
