"""The exercises of the chapter on the adjoint."""

from collections.abc import Iterator
from random import Random
from typing import Any

import solutions.adjoint as adjoint
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals, shuffled
from autograder.probes import array


def _numbers(rng: Random, low: float, high: float, *axes: int) -> Any:
    """Random numbers as nested lists of this shape."""
    if not axes:
        return decimals(rng, low, high)
    return [_numbers(rng, low, high, *axes[1:]) for _ in range(axes[0])]


def _constants(rng: Random) -> dict:
    """Time constants of membrane and synapse that are not those of the chapter."""
    return {"tau_m": decimals(rng, 9, 30), "tau_s": decimals(rng, 2, 7)}


def _forward_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, steps: list, weight: float, n_steps: int, dt: float, **constants) -> Case:
        inputs = {"steps": array(steps), "weight": weight, "n_steps": n_steps, "dt": dt}
        return Case(criterion, says, inputs | constants)

    yield case("spikes", "one spike at step 3, weight 1", [3], 1, 40, 1)
    some = sorted(rng.sample(range(2, 45), 4))
    yield case("spikes", f"spikes at steps {some}", some, decimals(rng, 0.5, 3), 50, 1)
    for dt in (0.1, decimals(rng, 2, 4), decimals(rng, 7, 12)):
        yield case("any_step", f"dt = {dt} ms", [2, rng.randint(4, 12)], decimals(rng, 0.5, 3), 30, dt)
    constants = _constants(rng)
    says = f"tau_m = {constants['tau_m']} ms, tau_s = {constants['tau_s']} ms"
    yield case("any_step", says, [1, 9], decimals(rng, -3, -0.5), 30, 1, **constants)
    twice = rng.randint(9, 12)
    says = f"two spikes at step {twice}, one at step 4, in no order"
    yield case("edges", says, [twice, 4, twice], decimals(rng, 0.5, 3), 20, 1)
    yield case("edges", "a spike at step 0", [0], decimals(rng, 0.5, 3), 10, 1)
    inputs = {"steps": array([], "int"), "weight": 1, "n_steps": 5, "dt": 1}
    yield Case("edges", "no spike", inputs)


_V = "V = V * keep_m + I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)"
_I = "I = I * keep_s + arrives[n]"
_TRACE = "trace[n] = V, I"
_ARRIVES = "weight * np.bincount(np.asarray(steps, dtype=int), minlength=n_steps)"

FORWARD = Exercise(
    name="forward",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("spikes", 3, "gives voltage and current after spikes"),
        Criterion("any_step", 2, "gives them for any step, and for other time constants"),
        Criterion("edges", 1, "holds without spikes, for two in one step, for one at once, and in any order"),
    ),
    cases=_forward_cases,
    axes=("step", "V (1) or I (2)"),
    misconceptions=(
        Misconception(
            "decayed_current",
            "The current decays first, and then moves the voltage. But the formula for the voltage holds the whole "
            "step: it wants the current from the beginning of the step.",
            ((_V, f"I = I * keep_s\n        {_V}"), (_I, "I = I + arrives[n]")),
        ),
        Misconception(
            "spike_before_the_step",
            "The spike is added before the step, so its current acts a whole step too early. First both run on for "
            "dt, then the spike arrives.",
            ((_V, f"I = I + arrives[n]\n        {_V}"), (_I, "I = I * keep_s")),
        ),
        Misconception(
            "spike_decays_at_once",
            "The current is recorded after the spike has decayed for one step already. A spike that arrives at step n "
            "stands in I at step n in full.",
            ((_I, "I = (I + arrives[n]) * keep_s"),),
        ),
        Misconception(
            "weight_corrected",
            "The weight is multiplied by tau_s (1 - exp(-dt/tau_s)) / dt. That keeps the sum of the current over steps "
            "the same, but an exact step needs no correction: w is what arrives.",
            ((_ARRIVES, f"tau_s * (1 - keep_s) / dt * {_ARRIVES}"),),
        ),
        Misconception(
            "euler_voltage",
            "This is Euler's step for the voltage: right only for tiny dt. Solve the equation for a whole step, with "
            "the current decaying meanwhile.",
            ((_V, "V = V + (I - V) * dt / tau_m"),),
        ),
        Misconception(
            "constant_current",
            "The current is held still during the step, and drops at its end. It decays all the while, and the voltage "
            "sees that: there are two exponentials in the step of V.",
            ((_V, "V = V * keep_m + I * (1 - keep_m)"),),
        ),
        Misconception(
            "factor_missing",
            "The difference of the two exponentials is there, but not the factor tau_s / (tau_m - tau_s) before it.",
            ((_V, "V = V * keep_m + I * (keep_m - keep_s)"),),
        ),
        Misconception(
            "two_spikes_count_once",
            "Two spikes in one step lift the current only once here: `n in steps` knows no numbers. Count them.",
            ((_ARRIVES, "weight * np.isin(np.arange(n_steps), steps)"),),
        ),
        Misconception(
            "recorded_before_the_spike",
            "The current is recorded before the spikes of its step are added.",
            ((_TRACE, "trace[n] = V, I - arrives[n]"),),
        ),
        Misconception(
            "columns_swapped",
            "The columns are in the wrong order: V first, then I.",
            ((_TRACE, "trace[n] = I, V"),),
        ),
    ),
    seconds=5,
)


def _adjoint_cases(rng: Random) -> Iterator[Case]:
    """Of both adjoints: a push that lasts, one that changes, one that is a single kick, and other constants."""
    yield Case("steps", "a push of 1, dt = 1 ms", {"push": array([1.0] * 60), "dt": 1})
    changing = array(_numbers(rng, -1, 1, 40))
    yield Case("steps", "a push that changes", {"push": changing, "dt": 1})
    dt = decimals(rng, 0.2, 0.6)
    yield Case("any_step", f"a push that changes, dt = {dt} ms", {"push": changing, "dt": dt})
    kick = rng.randint(15, 20)
    push = [float(n == kick) for n in range(25)]
    yield Case("any_step", f"a push at step {kick} alone, dt = 2 ms", {"push": array(push), "dt": 2})
    constants = _constants(rng)
    says = f"tau_m = {constants['tau_m']} ms, tau_s = {constants['tau_s']} ms"
    yield Case("any_step", says, {"push": array(_numbers(rng, 0, 1, 30)), "dt": 0.5} | constants)
    yield Case("edges", "one step", {"push": array([decimals(rng, 0.5, 2)]), "dt": 1})
    yield Case("edges", "no push at all", {"push": [0.0] * 6, "dt": 1})


_SLOPES = "slope_V, slope_I = (push[n] - lambda_V) / tau_m, (lambda_V - lambda_I) / tau_s"
_EULER = "lambda_V, lambda_I = lambda_V + slope_V * dt, lambda_I + slope_I * dt"
_KEPT = "lambdas[n] = lambda_V, lambda_I"
_BACKWARDS = "range(len(push) - 1, -1, -1)"
_GIVEN_BACK = "return lambdas"

EULER_ADJOINT = Exercise(
    name="euler_adjoint",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("steps", 3, "runs backwards from 0 behind the last step, and returns the earliest step first"),
        Criterion("any_step", 2, "takes both slopes before either changes, for any dt and other time constants"),
        Criterion("edges", 1, "holds for one step, and without a push"),
    ),
    cases=_adjoint_cases,
    axes=("step", "lambda_V (1) or lambda_I (2)"),
    misconceptions=(
        Misconception(
            "latest_first",
            "The lambdas are right but stand in the order in which you found them, latest first. Row n belongs to step "
            "n: turn them round.",
            ((_GIVEN_BACK, "return lambdas[::-1]"),),
        ),
        Misconception(
            "forwards",
            "This runs forwards in time. What a voltage does to the loss lies in its future: start behind the last "
            "step, with 0, and come back.",
            ((_BACKWARDS, "range(len(push))"),),
        ),
        Misconception(
            "new_voltage_too_soon",
            "lambda_I is moved by the new lambda_V of this very step. Euler's step takes all slopes from where it "
            "starts.",
            ((_EULER, "lambda_V = lambda_V + slope_V * dt\n        lambda_I += (lambda_V - lambda_I) / tau_s * dt"),),
        ),
        Misconception(
            "tau_m_missing",
            "lambda_V moves too fast: its slope is the gap (push - lambda_V) divided by tau_m.",
            (("(push[n] - lambda_V) / tau_m", "push[n] - lambda_V"),),
        ),
        Misconception(
            "tau_s_missing",
            "lambda_I moves too fast: its slope is the gap (lambda_V - lambda_I) divided by tau_s.",
            (("(lambda_V - lambda_I) / tau_s", "lambda_V - lambda_I"),),
        ),
        Misconception(
            "push_not_divided",
            "Only the leak is divided by tau_m. In tau_m dlambda_V/dt = push - lambda_V it divides both.",
            (("(push[n] - lambda_V) / tau_m", "push[n] - lambda_V / tau_m"),),
        ),
        Misconception(
            "no_leak",
            "lambda_V only gathers pushes and forgets nothing. It leaks as the voltage does: push - lambda_V.",
            (("(push[n] - lambda_V) / tau_m", "push[n] / tau_m"),),
        ),
        Misconception(
            "wrong_sign",
            "The sign is turned round: the push is minus dl/dV already, and lambda follows it. Do not turn it again.",
            (("push[n] - lambda_V", "-push[n] - lambda_V"),),
        ),
        Misconception(
            "push_left_out",
            "Row n is kept before the push of step n is in it: every row is one step late.",
            ((f"{_EULER}\n        {_KEPT}", f"{_KEPT}\n        {_EULER}"),),
        ),
        Misconception(
            "taus_swapped",
            "The time constants have changed places: lambda_V leaks with tau_m, lambda_I with tau_s.",
            ((_SLOPES, "slope_V, slope_I = (push[n] - lambda_V) / tau_s, (lambda_V - lambda_I) / tau_m"),),
        ),
        Misconception(
            "columns_swapped",
            "The columns are in the wrong order: lambda_V first, then lambda_I.",
            ((_KEPT, "lambdas[n] = lambda_I, lambda_V"),),
        ),
    ),
    seconds=5,
)

_GAP = "gap = lambda_V - push[n]"
_TILT = "tilt = gap * tau_m / (tau_m - tau_s)"
_EXACT_I = "lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n] - tilt) * keep_s"
_EXACT_V = "lambda_V = push[n] + gap * keep_m"

EXACT_ADJOINT = Exercise(
    name="exact_adjoint",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("steps", 3, "runs backwards from 0 behind the last step, each step exact"),
        Criterion("any_step", 3, "is exact for any dt and other time constants"),
        Criterion("edges", 1, "holds for one step, and without a push"),
    ),
    cases=_adjoint_cases,
    axes=("step", "lambda_V (1) or lambda_I (2)"),
    misconceptions=(
        Misconception(
            "euler",
            "This is Euler's step still. Both equations can be solved for a whole step, since the push is constant in "
            "it: lambda_V approaches the push by one exponential.",
            (
                (_EXACT_I, "lambda_I = lambda_I + (lambda_V - lambda_I) * dt / tau_s"),
                (_EXACT_V, "lambda_V = lambda_V - gap * dt / tau_m"),
            ),
        ),
        Misconception(
            "frozen_voltage",
            "lambda_V is exact, but lambda_I follows the lambda_V of the end of the step, as if that stood still. It "
            "moves while lambda_I follows it: there are two exponentials in lambda_I.",
            ((_EXACT_I, "lambda_I = lambda_V + (lambda_I - lambda_V) * keep_s"),),
        ),
        Misconception(
            "new_voltage_too_soon",
            "lambda_V is moved first, and lambda_I then starts from the new one. Both start from the old values: move "
            "lambda_I first, or keep a copy.",
            (
                (
                    _TILT,
                    "lambda_V = push[n] + gap * keep_m\n        tilt = (lambda_V - push[n]) * tau_m / (tau_m - tau_s)",
                ),
                (f"{_EXACT_I}\n        {_EXACT_V}", _EXACT_I),
            ),
        ),
        Misconception(
            "forward_factor",
            "The factor is that of the forward step, tau_s / (tau_m - tau_s). There the current falls fast and drives "
            "a slow voltage; here it is the other way round. Solve tau_s dlambda_I/dt = lambda_V - lambda_I anew.",
            ((_TILT, "tilt = gap * tau_s / (tau_m - tau_s)"),),
        ),
        Misconception(
            "push_only_once",
            "The push acts as a kick at the step, push dt / tau_m, and not all through it. That is a good "
            "approximation for small dt, but not the exact step for a constant push.",
            (
                (_TILT, "tilt = lambda_V * tau_m / (tau_m - tau_s)"),
                (_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - tilt) * keep_s"),
                (_EXACT_V, "lambda_V = lambda_V * keep_m + push[n] * dt / tau_m"),
            ),
        ),
        Misconception(
            "latest_first",
            "The lambdas are right but stand in the order in which you found them, latest first. Row n belongs to step "
            "n: turn them round.",
            ((_GIVEN_BACK, "return lambdas[::-1]"),),
        ),
        Misconception(
            "forwards",
            "This runs forwards in time. What a voltage does to the loss lies in its future: start behind the last "
            "step, with 0, and come back.",
            ((_BACKWARDS, "range(len(push))"),),
        ),
        Misconception(
            "wrong_sign",
            "The sign is turned round: the push is minus dl/dV already, and lambda follows it. Do not turn it again.",
            (
                (_EXACT_I, "lambda_I = -push[n] + tilt * keep_m + (lambda_I + push[n] - tilt) * keep_s"),
                (_GAP, "gap = lambda_V + push[n]"),
                (_EXACT_V, "lambda_V = -push[n] + gap * keep_m"),
            ),
        ),
        Misconception(
            "columns_swapped",
            "The columns are in the wrong order: lambda_V first, then lambda_I.",
            ((_KEPT, "lambdas[n] = lambda_I, lambda_V"),),
        ),
    ),
    seconds=5,
)


def _spike_time_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, lambdas: list, weight: float, steps: list) -> Case:
        return Case(criterion, says, {"lambdas": array(lambdas), "weight": weight, "steps": array(steps)})

    for n_steps in (20, rng.randint(25, 40)):
        steps = sorted(rng.sample(range(2, n_steps - 2), 5))
        weight = decimals(rng, 1.5, 3)
        yield case("gradient", f"spikes at {steps}, w = {weight}", _numbers(rng, -1, 1, n_steps, 2), weight, steps)
    steps = rng.sample(range(2, 18), 4)
    weight = decimals(rng, -3, -1.5)
    yield case("weight", f"an inhibitory synapse, w = {weight}", _numbers(rng, -1, 1, 20, 2), weight, steps)
    inputs = {"lambdas": _numbers(rng, 0, 1, 4, 2), "weight": 2, "steps": [1, 2]}
    yield Case("edges", "whole numbers", inputs)
    yield case("edges", "two spikes in one step, in no order", _numbers(rng, -1, 1, 9, 2), 0.5, [6, 3, 6])
    yield case("edges", "one spike", _numbers(rng, -1, 1, 9, 2), 0.5, [4])


_HEARD = "heard = np.asarray(lambdas, dtype=float)[np.asarray(steps, dtype=int)]"
_DIFFERENCE = "weight * (heard[:, 0] - heard[:, 1])"

SPIKE_TIME_GRADIENT = Exercise(
    name="spike_time_gradient",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion(
            "gradient", 3, "weighs what a later spike takes from the voltage against what it leaves in the current"
        ),
        Criterion("weight", 1, "turns round with the sign of the weight"),
        Criterion("edges", 1, "holds for one spike, and for two in one step"),
    ),
    cases=_spike_time_cases,
    axes=("spike", "dL/dt"),
    misconceptions=(
        Misconception(
            "size_of_the_weight",
            "The sign of the weight is lost. A spike through an inhibitory synapse does the opposite of an excitatory "
            "one, and so does its delay.",
            ((_DIFFERENCE, "abs(weight) * (heard[:, 0] - heard[:, 1])"),),
        ),
        Misconception(
            "sign",
            "The sign is turned round. A later spike takes charge from the voltage (which costs, if lambda_V > 0) and "
            "leaves more current (which helps, if lambda_I > 0).",
            ((_DIFFERENCE, "weight * (heard[:, 1] - heard[:, 0])"),),
        ),
        Misconception(
            "no_weight",
            "The weight is missing: a spike through a synapse twice as strong moves the loss twice as much.",
            ((_DIFFERENCE, "heard[:, 0] - heard[:, 1]"),),
        ),
        Misconception(
            "voltage_only",
            "Only what is missing in the voltage is counted. A later spike also leaves the current higher afterwards, "
            "since it had less time to decay.",
            ((_DIFFERENCE, "weight * heard[:, 0]"),),
        ),
        Misconception(
            "current_only",
            "Only what is left in the current is counted. A later spike also comes too late to charge the membrane.",
            ((_DIFFERENCE, "-weight * heard[:, 1]"),),
        ),
        Misconception(
            "weight_gradient",
            "This is -tau_s lambda_I, how the loss changes with the *weight* of a spike. Asked for is how it changes "
            "with its time.",
            ((_DIFFERENCE, "-5.0 * heard[:, 1]"),),
        ),
        Misconception(
            "one_step_late",
            "The lambdas are read at the step after the spike.",
            ((_HEARD, "heard = np.asarray(lambdas, dtype=float)[np.asarray(steps, dtype=int) + 1]"),),
        ),
        Misconception(
            "one_step_early",
            "The lambdas are read at the step before the spike.",
            ((_HEARD, "heard = np.asarray(lambdas, dtype=float)[np.asarray(steps, dtype=int) - 1]"),),
        ),
        Misconception(
            "counted_from_the_end",
            "The steps are counted from the end, as if the lambdas stood latest first. Row n belongs to step n.",
            ((_HEARD, "heard = np.asarray(lambdas, dtype=float)[::-1][np.asarray(steps, dtype=int)]"),),
        ),
        Misconception(
            "added_up",
            "All spikes are added up to one number. Asked for is one for each spike.",
            ((_DIFFERENCE, "np.sum(weight * (heard[:, 0] - heard[:, 1]))"),),
        ),
    ),
    seconds=5,
)


def _weight_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, senders: int, receivers: int, n_steps: int, **constants) -> Case:
        spikes = [[int(rng.random() < 0.3) for _ in range(senders)] for _ in range(n_steps)]
        spikes[1] = [1] * senders
        spikes[-1] = [0] * senders
        lambda_I = _numbers(rng, -1, 1, n_steps, receivers)
        return Case(criterion, says, {"lambda_I": array(lambda_I), "spikes": array(spikes)} | constants)

    yield case("gradient", "four senders, three receivers", 4, 3, 12)
    yield case("gradient", "two senders, five receivers", 2, 5, rng.randint(15, 25))
    yield case("tau_s", "tau_s = 3 ms", 4, 2, 10, tau_s=3)
    yield case("edges", "one sender, one receiver", 1, 1, 8)
    silent = {"lambda_I": _numbers(rng, -1, 1, 4, 2), "spikes": [[0, 0, 0], [1, 0, 1], [1, 0, 0], [0, 0, 0]]}
    yield Case("edges", "a sender that is silent", silent)


_PRODUCT = "return -tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"

WEIGHT_GRADIENT = Exercise(
    name="weight_gradient",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("gradient", 2, "adds up lambda_I of each receiver over the spikes of each sender"),
        Criterion("tau_s", 1, "multiplies by minus the time constant of the synapse"),
        Criterion("edges", 1, "holds for one neuron each, and for a sender that is silent"),
    ),
    cases=_weight_cases,
    axes=("sender", "dL/dw"),
    misconceptions=(
        Misconception(
            "tau_s_missing",
            "The time constant is missing. lambda_I is -(1/tau_s) dL/dI, and dL/dI is what is needed.",
            ((_PRODUCT, "return -np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),),
        ),
        Misconception(
            "sign",
            "The sign is turned round: lambda_I is positive where more current would *lower* the loss, so the "
            "gradient is minus that.",
            ((_PRODUCT, "return tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),),
        ),
        Misconception(
            "turned",
            "Rows and columns have changed places: a row for each sender, a column for each receiver.",
            ((_PRODUCT, "return -tau_s * np.asarray(lambda_I, dtype=float).T @ np.asarray(spikes, dtype=float)"),),
        ),
        Misconception(
            "mean_over_spikes",
            "This is the mean over the spikes of a sender. Each spike adds its own part: the sum.",
            (
                (
                    _PRODUCT,
                    "counts = np.maximum(np.sum(spikes, axis=0), 1)[:, None]\n    "
                    "return -tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I) / counts",
                ),
            ),
        ),
        Misconception(
            "at_all_steps",
            "lambda_I is added up over all steps, whether anybody spiked or not. A weight matters only at the moments "
            "when its sender spikes.",
            (
                (
                    _PRODUCT,
                    "return -tau_s * np.ones_like(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)",
                ),
            ),
        ),
        Misconception(
            "one_step_late",
            "lambda_I is read at the step after each spike.",
            (
                (
                    _PRODUCT,
                    "return -tau_s * np.asarray(spikes, dtype=float)[:-1].T @ np.asarray(lambda_I, dtype=float)[1:]",
                ),
            ),
        ),
        Misconception(
            "latest_first",
            "One of the two is turned round in time against the other. Both stand earliest first.",
            (
                (
                    _PRODUCT,
                    "return -tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)[::-1]",
                ),
            ),
        ),
    ),
    seconds=5,
)


WHETHER = 1e6
"""A tolerance that takes any number for any other, though not for infinity: only whether there is one counts."""


def _rises(rng: Random, above: float, below: float) -> dict:
    """A neuron whose voltage will peak between so many times its threshold."""
    while True:
        V, I, threshold = decimals(rng, -1, 0.9), decimals(rng, 1, 12), decimals(rng, 0.8, 1.5)
        slow, fast = V + I / 3, I / 3
        if threshold - 0.1 < V or V >= I or slow <= 0:
            continue
        x = (slow / (4 * fast)) ** (1 / 3)  # exp(-t / tau_m) at the peak
        peak = slow * x - fast * x**4
        if above < peak / threshold < below:
            return {"V": V, "I": I, "threshold": threshold}


def _next_spike_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, inputs: dict) -> Case:
        says = ", ".join(f"{name} = {value}" for name, value in inputs.items())
        return Case(criterion, says, inputs)

    yield case("spikes", {"V": 0, "I": 8, "threshold": 1})
    for _ in range(3):
        yield case("spikes", _rises(rng, 1.05, 2))
    yield case("spikes", {"V": 0.5, "I": 8, "threshold": 1.2} | _constants(rng))
    yield case("just", _rises(rng, 1.001, 1.02))
    never = [
        _rises(rng, 0.9, 0.995),
        {"V": 0, "I": 0, "threshold": 1},
        {"V": 0.9, "I": 0.8, "threshold": 1},
        {"V": -9, "I": 2, "threshold": 1},
        {"V": -2, "I": decimals(rng, -1.9, -0.5), "threshold": 1},
        {"V": 0, "I": decimals(rng, 1.1, 1.9), "threshold": 1},
    ]
    # among neurons that do fire: who does not know which is which cannot tell where the infinities are
    for inputs in shuffled(rng, [*never, *(_rises(rng, 1.1, 2) for _ in range(6))]):
        yield case("never", inputs)


_LATE = "return late"
_START = "early, late, middle = 0.0, np.inf, peak"
_VOLTAGE = "slow * math.exp(-middle / tau_m) - fast * math.exp(-middle / tau_s)"
_BELOW = f"{_VOLTAGE} < threshold"

NEXT_SPIKE = Exercise(
    name="next_spike",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("spikes", 3, "finds when the voltage reaches the threshold on its way up"),
        Criterion("just", 1, "finds it also where the threshold is only just reached"),
        Criterion("never", 2, "answers infinity where it is never reached, and only there", tolerance=WHETHER),
    ),
    cases=_next_spike_cases,
    axes=("case", "time (ms)"),
    misconceptions=(
        Misconception(
            "time_of_the_peak",
            "This is when the voltage is highest. It passes the threshold before that.",
            ((_LATE, "return peak"),),
        ),
        Misconception(
            "on_the_way_down",
            "This is when the voltage comes down through the threshold again. There are two crossings, one on either "
            "side of the peak; the neuron fires at the first.",
            (
                (_LATE, "return late if late == np.inf else early"),
                ("early = middle", "early, late = (early, late) if middle == peak else (early, middle)"),
                ("late = middle\n        middle", "early, late = middle, min(late, peak + 900)\n        middle"),
            ),
        ),
        Misconception(
            "stepped",
            "This is near the answer, but on a grid: the threshold is looked for step by step. Once you have a step "
            "before and one after the crossing, halve the time between them until nothing is left of it.",
            ((_LATE, "return np.ceil(late * 10) / 10"),),
        ),
        Misconception(
            "straight_line",
            "The voltage is continued in a straight line. It bends, as the current decays and the leak grows.",
            ((_LATE, "return (threshold - V) * tau_m / (I - V)"),),
        ),
        Misconception(
            "constant_current",
            "The current is taken as constant; then the leaky integrator's formula would hold. It decays with tau_s, "
            "and the neuron fires later, or not at all.",
            ((_LATE, "return -tau_m * np.log(1 - (threshold - V) / (I - V)) if I > threshold else np.inf"),),
        ),
        Misconception(
            "minus_one_for_never",
            "The times are right, but a neuron that never fires must answer infinity, so that its spike comes after "
            "all others when the earliest is looked for.",
            (("        return np.inf\n", "        return -1.0\n"), (_LATE, "return late if late < np.inf else -1.0")),
        ),
        Misconception(
            "voltage_does_not_leak",
            "The voltage that is there already does not leak in your formula: it keeps its value, and only the current "
            "adds to it.",
            ((_VOLTAGE, "V + fast * (np.exp(-middle / tau_m) - np.exp(-middle / tau_s))"),),
        ),
    ),
    seconds=5,
)


def _jump_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, n: int, size: int, *, itself: bool = False, **given: Any) -> Case:
        threshold = decimals(rng, 0.7, 1.4)
        weights = _numbers(rng, -2, 2, size)
        weights[n] = decimals(rng, 0.8, 2) if itself else 0.0
        inputs = {
            "lambda_V": array(_numbers(rng, 0.3, 1, size)),
            "lambda_I": array(_numbers(rng, -1, -0.3, size)),
            "weights": array(weights),
            "n": n,
            "current": round(threshold + decimals(rng, 0.6, 2), 3),
            "threshold": threshold,
        }
        return Case(criterion, says, inputs | given)

    alone: dict[str, Any] = {"lambda_V": array([0.5, 0.25, -0.5]), "lambda_I": array([0.25, 0.5, 0.125])}
    yield case("reset", "nobody hears it", 1, 3, weights=array([0, 0, 0]), **alone)
    yield case("reset", "nobody hears it, and lambda_V is 0", 0, 3, weights=array([0, 0, 0]), lambda_V=array([0, 1, 2]))
    size = rng.randint(4, 6)
    yield case("heard", "four neurons, the second spikes", 1, 4)
    yield case("heard", f"{size} neurons, the last spikes", size - 1, size)
    yield case("itself", "a neuron that hears itself", 2, 4, itself=True)
    grazing: dict[str, Any] = {"current": 1.02, "threshold": 1}
    yield case("edges", "a current only just above the threshold", 0, 3, **grazing)
    two = {"lambda_V": [1.0, 2.0], "lambda_I": [0.5, 0.5], "weights": [0.0, -1.0]}
    yield Case("edges", "two neurons", two | {"n": 0, "current": 3, "threshold": 1})


_FELT = "felt = np.dot(weights, before - lambda_I)"
_JUMP = "before[n] += (threshold * before[n] + felt) / (current - threshold)"

JUMP = Exercise(
    name="jump",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("reset", 2, "accounts for the voltage that is lost at the reset"),
        Criterion("heard", 3, "adds what the others feel when the spike moves"),
        Criterion("itself", 1, "counts the neuron itself among those that hear it"),
        Criterion("edges", 1, "holds where the current hardly exceeds the threshold"),
    ),
    cases=_jump_cases,
    axes=("neuron", "lambda_V before the spike"),
    misconceptions=(
        Misconception(
            "sign",
            "The jump has the wrong sign. More voltage makes the spike come *earlier*, and there is a second minus in "
            "lambda = -(1/tau_m) dL/dV: the two cancel.",
            ((_JUMP, "before[n] -= (threshold * before[n] + felt) / (current - threshold)"),),
        ),
        Misconception(
            "reset_forgotten",
            "What the others feel is there, but not that the neuron's own voltage is reset: the term theta lambda_V.",
            ((_JUMP, "before[n] += felt / (current - threshold)"),),
        ),
        Misconception(
            "nobody_hears",
            "Only the reset is there. The spike also changes the currents of all who hear it, and they feel when it "
            "comes.",
            ((_FELT, "felt = 0.0"),),
        ),
        Misconception(
            "divided_by_the_current",
            "It is divided by the current. The voltage rises at the threshold with (I - theta) / tau_m, not with "
            "I / tau_m: the leak is largest there.",
            ((_JUMP, "before[n] += (threshold * before[n] + felt) / current"),),
        ),
        Misconception(
            "not_divided",
            "The division by I - theta is missing: how much earlier a spike comes depends on how steeply the voltage "
            "meets the threshold.",
            ((_JUMP, "before[n] += threshold * before[n] + felt"),),
        ),
        Misconception(
            "replaced",
            "This is the jump alone. It is added to the lambda_V from after the spike.",
            ((_JUMP, "before[n] = (threshold * before[n] + felt) / (current - threshold)"),),
        ),
        Misconception(
            "currents_only",
            "Only lambda_I of those who hear is used, as for a weight. When a spike *moves*, the voltages that it "
            "charges count as well: lambda_V - lambda_I.",
            ((_FELT, "felt = -np.dot(weights, lambda_I)"),),
        ),
        Misconception(
            "currents_minus_voltages",
            "It is lambda_I - lambda_V here. How the loss changes with the time of a spike has it the other way round.",
            ((_FELT, "felt = np.dot(weights, lambda_I - before)"),),
        ),
        Misconception(
            "not_itself",
            "The neuron itself is left out of the sum. If it has a synapse onto itself, it hears its own spike like "
            "everybody else.",
            ((_FELT, f"{_FELT} - weights[n] * (before[n] - lambda_I[n])"),),
        ),
        Misconception(
            "all_jump",
            "lambda_V of all neurons jumps here. Only the neuron that spikes has a voltage that jumps: the others keep "
            "theirs.",
            ((_JUMP, "before += (threshold * before[n] + felt) / (current - threshold)"),),
        ),
        Misconception(
            "reset_to_nothing",
            "lambda_V of the neuron is lost at the spike, as if nothing after it could be felt before it. What passes "
            "through the spike is its time.",
            ((_JUMP, "before[n] = 0.0"),),
        ),
    ),
    seconds=5,
)


def _push_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, shape: str, says: str, n_steps: int, outputs: int, dt: float) -> Case:
        voltage = _numbers(rng, -1.5, 1.5, n_steps, outputs)
        target = rng.randrange(outputs)
        return Case(
            criterion, f"{shape}, {says}", {"voltage": array(voltage), "target": target, "dt": dt, "shape": shape}
        )

    for shape in ("average", "sum", "weighted", "max"):
        yield case(shape, shape, "three outputs", 12, 3, 1)
        yield case(shape, shape, "dt = 0.5 ms", rng.randint(16, 24), rng.randint(4, 5), 0.5)
    high = [[round(900 + decimals(rng, -1, 1), 3), round(900 + decimals(rng, -1, 1), 3), n] for n in range(3)]
    large = {"voltage": array(high), "target": rng.randint(0, 1), "dt": 1}
    for shape in ("average", "weighted"):
        yield Case("edges", f"{shape}, very large voltages", large | {"shape": shape})
    top = decimals(rng, 0.3, 1)
    twice = {"voltage": [[0, 0], [top, 0.25], [top, 0.75]], "target": 0, "dt": 1, "shape": "max"}
    yield Case("edges", "max, reached twice", twice)


_UNIFORM = "weights = np.full(voltage.shape, 1 / (n_steps * dt))"
_EXPONENTIAL = "weights *= np.exp(-np.arange(n_steps) / n_steps)[:, None]"
_LARGEST = "weights = (np.arange(n_steps)[:, None] == voltage.argmax(axis=0)) / dt"
_PUSH = "return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))"
_ODDS = "odds = np.exp(scores - scores.max(axis=1, keepdims=True))"

LOSS_PUSH = Exercise(
    name="loss_push",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("average", 2, "pushes each step by its own loss for the average"),
        Criterion("sum", 1, "pushes all steps alike for the sum"),
        Criterion("weighted", 2, "pushes early steps more for the weighted sum"),
        Criterion("max", 2, "pushes only the highest step of each output for the maximum"),
        Criterion("edges", 1, "holds for very large voltages, and where the maximum is reached twice"),
    ),
    cases=_push_cases,
    axes=("step", "push"),
    misconceptions=(
        Misconception(
            "sign",
            "This is +dL/dV. The push is minus that: positive for the target, whose voltage should rise.",
            ((_PUSH, "return -weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))"),),
        ),
        Misconception(
            "target_only",
            "Only the target is pushed. The other outputs are in the softmax too: each is pushed down by its share.",
            (
                (
                    _PUSH,
                    "return weights * np.eye(n_outputs)[target] * (1 - odds / odds.sum(axis=1, keepdims=True))",
                ),
            ),
        ),
        Misconception(
            "no_softmax",
            "The scores are compared as they are, without softmax: its exponentials, each divided by their sum, are "
            "missing.",
            ((_PUSH, "return weights * (np.eye(n_outputs)[target] - scores)"),),
        ),
        Misconception(
            "softmax_over_time",
            "The softmax runs over the steps. It is the outputs that compete, the last axis.",
            ((_PUSH, "return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=0, keepdims=True))"),),
        ),
        Misconception(
            "weight_not_passed_on",
            "Early steps count more in the score, but their push is the same as that of late ones. By the chain rule "
            "the factor exp(-t/T) stands before the push as well.",
            (
                ("return weights * (np", "return flat * (np"),
                (_UNIFORM, f"{_UNIFORM}; flat = weights.copy()"),
                (_LARGEST, f"weights = flat = {_LARGEST.removeprefix('weights = ')}"),
            ),
        ),
        Misconception(
            "late_counts_more",
            "Late steps count more here: the exponent has lost its minus.",
            ((_EXPONENTIAL, "weights *= np.exp(np.arange(n_steps) / n_steps)[:, None]"),),
        ),
        Misconception(
            "weighted_by_tau",
            "The weight falls with a time constant of the neuron. It is to fall with the whole duration T = N dt, to "
            "1/e at its end.",
            ((_EXPONENTIAL, "weights *= np.exp(-np.arange(n_steps) * dt / 20.0)[:, None]"),),
        ),
        Misconception(
            "max_at_one_step",
            "All outputs are pushed at the step where the target is highest. Each output has a highest step of its "
            "own, and is pushed there.",
            ((_LARGEST, "weights = np.eye(n_steps)[voltage[:, target].argmax()][:, None] / dt * np.ones(n_outputs)"),),
        ),
        Misconception(
            "dt_forgotten",
            "This is -dL/dV of one step. The push is per millisecond: divide by dt.",
            ((_PUSH, "return dt * weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))"),),
        ),
        Misconception(
            "not_a_mean",
            "The sums are not divided by the duration T, so the scores grow with it. They were to be means over time.",
            ((_UNIFORM, "weights = np.ones(voltage.shape)"),),
        ),
        Misconception(
            "overflow",
            "Very large voltages give nan: their exponential is infinite. Take the largest score away from all of them "
            "before; the softmax stays the same.",
            ((_ODDS, "odds = np.exp(scores)"),),
        ),
    ),
    seconds=5,
)

WHAT_THE_SUM_TELLS = Essay(
    name="what_the_sum_tells",
    points=4,
    scheme="""\
One point each:

1. *What the sum means.* Sum over k of dL/dt_k is how the loss changes when **all** spikes are shifted together.
2. *Why it must be about 0.* The whole voltage trace is then shifted too, unchanged in shape; with silence before and
   after, the integral of the loss stays the same. (More exactly: the loss density at the start minus that at the end.)
3. *What is wrong with 3.6e-4.* It is the error of Euler's step: it falls in proportion to dt (3.6e-5, 3.6e-6), whereas
   a property of the neuron would stay. The forward step was exact and the backward step was not, so the two do not
   belong to the same neuron.
4. *What one learns for practice.* Any of: test a gradient against something that must hold exactly (a symmetry, finite
   differences); halve dt before believing a small effect; a systematic error of one sign, though small, adds up over
   many spikes and steps of training, where a random one would not.

"The exact method is more accurate" alone: ½ for point 3.""",
)

BLIND_SPOT = Essay(
    name="blind_spot",
    points=5,
    scheme="""\
One point each:

1. *What exact means.* The gradient is exact as long as the same spikes occur: it knows how they move.
2. *What it cannot know.* That a spike appears or vanishes: the loss jumps there, and no slope
   tells of a jump. A silent neuron has gradient 0 for all its incoming weights: nothing brings it back.
3. *How it removes spikes with the average loss.* In the silence after the last spike the loss is that of guessing; each
   step asks for voltage there, so last spikes are pushed later. Later means a weaker drive: incoming weights shrink,
   the peak sinks to the threshold, and the spike is gone, which the gradient did not foresee.
4. *Why the plain sum does not help.* Its push is the same all the time, so moving a spike in the middle changes
   nothing: lambda_V = lambda_I, only spikes near the end of the trial feel something.
5. *Why the weight exp(-t/T) helps.* Earlier counts more, so spikes are pulled earlier: stronger drive, larger weights,
   more spikes. Or a remedy of the student's own with a reason (a penalty for silence, noise, surrogate gradients near
   the threshold), and its price.""",
)

CHAPTER = Chapter(
    name="adjoint",
    exercises=(
        FORWARD,
        EULER_ADJOINT,
        SPIKE_TIME_GRADIENT,
        EXACT_ADJOINT,
        WEIGHT_GRADIENT,
        NEXT_SPIKE,
        JUMP,
        LOSS_PUSH,
    ),
    essays=(WHAT_THE_SUM_TELLS, BLIND_SPOT),
)
