"""The exercises of the chapter on the adjoint."""

import math
from collections.abc import Iterator
from random import Random
from typing import Any

import solutions.adjoint as adjoint
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
        inputs = {"steps": array(steps, "int"), "weight": weight, "n_steps": n_steps, "dt": dt}
        return Case(criterion, says, inputs | constants)

    some, weight = sorted(rng.sample(range(2, 45), 4)), decimals(rng, 1.2, 3)
    for part in ("current", "voltage"):
        yield case(part, "one spike at step 3, weight 1", [3], 1, 40, 1)
        yield case(part, f"spikes at steps {some}", some, weight, 50, 1)
    for dt in (0.5, decimals(rng, 2, 4), decimals(rng, 7, 12)):
        yield case("any_step", f"dt = {dt} ms", [2, rng.randint(4, 12)], decimals(rng, 1.2, 3), 30, dt)
    for sign in (1, -1):
        constants = _constants(rng)
        says = f"tau_m = {constants['tau_m']} ms, tau_s = {constants['tau_s']} ms"
        yield case("constants", says, [1, 9], sign * decimals(rng, 0.5, 3), 30, 1, **constants)
    twice = rng.randint(9, 12)
    says = f"two spikes at step {twice}, one at step 4, in no order"
    yield case("edges", says, [twice, 4, twice], decimals(rng, 1.2, 3), 20, 1)
    yield case("edges", "a spike at step 0", [0], decimals(rng, 1.2, 3), 10, 1)
    yield case("edges", "a spike at the last step", [2, 9], decimals(rng, 1.2, 3), 10, 1)
    yield case("edges", "no spike", [], 1, 5, 1)
    # steps so long that nothing is left after two or three of them: what is recorded stays short
    yield case("edges", "1005 steps of 4 s, a spike in two of them", [1003, 1001], decimals(rng, 1.2, 3), 1005, 4000)


_KEEP = "np.exp(-dt / tau_m), np.exp(-dt / tau_s)"
_V = "V = V * keep_m + I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)"
_I = "I = I * keep_s + arrives[n]"
_TRACE = "trace[n] = V, I"
_ARRIVES = "weight * np.bincount(np.asarray(steps, dtype=int), minlength=n_steps)"
_FACTOR = "I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)"
_ARRIVED = "arrives[n]"


def _arriving(index: str) -> Changes:
    """Spikes that arrive at other steps than those that are said."""
    found = f"found = [int(n) for n in {index} if 0 <= n < n_steps]\n    "
    arrives = "weight * np.bincount(np.asarray(found, dtype=int), minlength=n_steps)"
    return (("keep_m, keep_s =", f"{found}keep_m, keep_s ="), (_ARRIVES, arrives))


FORWARD = Exercise(
    name="forward",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("current", 1, "lifts the current by the weight at each spike, and lets it decay", part="I"),
        Criterion("voltage", 2, "lets the voltage follow, each step exact", part="V"),
        Criterion("any_step", 1, "is exact for steps of any length"),
        Criterion("constants", 1, "takes the time constants that it is given, and negative weights"),
        Criterion(
            "edges",
            1,
            "works for two spikes in one step, at the first and the last, for none, and for 1000 steps",
            part="I",
        ),
    ),
    cases=_forward_cases,
    axes=("step", "V or I"),
    parts=("V", "I"),
    columns=True,
    places=("step",),
    misconceptions=(
        Misconception(
            "decayed_current",
            "The current decays first, and then moves the voltage. But the formula for the voltage covers the whole "
            "step: it needs the current from the beginning of the step.",
            ((_V, f"I = I * keep_s\n        {_V}"), (_I, "I = I + arrives[n]")),
        ),
        Misconception(
            "spike_before_the_step",
            "The spike is added before the step, so its current acts a whole step too early. First both evolve for "
            "dt, then the spike arrives.",
            ((_V, f"I = I + arrives[n]\n        {_V}"), (_I, "I = I * keep_s")),
        ),
        Misconception(
            "spike_drives_at_once",
            "The voltage follows the current with the spike of this step already in it. First both evolve for dt, "
            "then the spike arrives: the voltage feels it a step later.",
            ((_V, f"{_I}\n        {_V}"), (f"{_I}\n        {_TRACE}", _TRACE)),
        ),
        Misconception(
            "spike_decays_at_once",
            "The current is recorded after the spike has already decayed for one step. A spike that arrives at step n "
            "is in I at step n in full.",
            ((_I, "I = (I + arrives[n]) * keep_s"),),
        ),
        Misconception(
            "weight_corrected",
            "The weight is multiplied by tau_s (1 - exp(-dt/tau_s)) / dt. That keeps the sum of the current over steps "
            "the same, but an exact step needs no correction: w is what arrives.",
            ((_ARRIVES, f"tau_s * (1 - keep_s) / dt * {_ARRIVES}"),),
            also=(
                ((_FACTOR, f"{_FACTOR} * tau_s * (1 - keep_s) / dt"),),
                (
                    (_ARRIVES, f"tau_s * (1 - keep_s) / dt * {_ARRIVES}"),
                    (_FACTOR, f"{_FACTOR} * tau_s * (1 - keep_s) / dt"),
                ),
                ((_ARRIVES, f"0.9063 * {_ARRIVES}"),),
                ((_ARRIVES, f"{_ARRIVES} * dt / (tau_s * (1 - keep_s))"),),
            ),
        ),
        Misconception(
            "euler_voltage",
            "This is Euler's step for the voltage: right only for tiny dt. Solve the equation for a whole step, with "
            "the current decaying meanwhile.",
            ((_V, "V = V + (I - V) * dt / tau_m"),),
            also=(
                ((_V, "V = V + (I - V) * dt / tau_m"), (_I, "I = I - I * dt / tau_s + arrives[n]")),
                (
                    (_V, "I = I - I * dt / tau_s; V = V + (I - V) * dt / tau_m"),
                    (_I, "I = I + arrives[n]"),
                ),
                ((_V, "I = I * keep_s; V = V + (I - V) * dt / tau_m"), (_I, "I = I + arrives[n]")),
                ((_V, "V = V + (I * (1 + keep_s) / 2 - V) * dt / tau_m"),),
                ((_V, "V = V * keep_m + I * dt / tau_m"),),
            ),
        ),
        Misconception(
            "constant_current",
            "The current is held constant during the step. It decays all the while, and the voltage sees that: there "
            "are two exponentials in the step of V.",
            ((_V, "V = V * keep_m + I * (1 - keep_m)"),),
            also=(
                ((_V, "I = I * keep_s; V = V * keep_m + I * (1 - keep_m)"), (_I, "I = I + arrives[n]")),
                ((_V, "V = V * keep_m + I * (1 + keep_s) / 2 * (1 - keep_m)"),),
            ),
        ),
        Misconception(
            "factor_missing",
            "The difference of the two exponentials is there, but without the right factor, tau_s / (tau_m - tau_s).",
            ((_FACTOR, "I * (keep_m - keep_s)"),),
            also=(
                ((_FACTOR, "I * tau_m / (tau_m - tau_s) * (keep_m - keep_s)"),),
                ((_FACTOR, "I * tau_s / tau_m * (keep_m - keep_s)"),),
                ((_FACTOR, "I * tau_s / (tau_m + tau_s) * (keep_m - keep_s)"),),
                ((_FACTOR, "I / (tau_m - tau_s) * (keep_m - keep_s)"),),
                ((_FACTOR, "I * (tau_m - tau_s) / tau_s * (keep_m - keep_s)"),),
                ((_FACTOR, "I * (tau_m - tau_s) / tau_m * (keep_m - keep_s)"),),
                ((_FACTOR, "I / tau_m * (keep_m - keep_s)"),),
            ),
        ),
        Misconception(
            "lowers_the_voltage",
            "A positive current lowers the voltage here. exp(-dt/tau_m) is the larger of the two exponentials, and "
            "tau_m - tau_s is positive: one of the two differences has the wrong sign.",
            ((_FACTOR, "I * tau_s / (tau_m - tau_s) * (keep_s - keep_m)"),),
        ),
        Misconception(
            "voltage_does_not_leak",
            "The voltage that is already there does not leak. It should be multiplied by exp(-dt/tau_m) in each step.",
            ((_V, f"V = V + {_FACTOR}"),),
        ),
        Misconception(
            "current_does_not_decay",
            "The current does not decay. It should be multiplied by exp(-dt/tau_s) in each step.",
            ((_I, "I = I + arrives[n]"),),
        ),
        Misconception(
            "replaces",
            "A spike sets the current to the weight, whatever it was before. It should add the weight to what is "
            "there.",
            ((_I, "I = arrives[n] if arrives[n] else I * keep_s"),),
            also=(((_I, "I = weight if arrives[n] else I * keep_s"),),),
        ),
        Misconception(
            "lifts_the_voltage",
            "The spike lifts the voltage here. It should lift the current, and the voltage follows that.",
            ((_V, "V = V * keep_m + arrives[n]"), (_I, "I = I * keep_s")),
            also=(((_V, f"{_V} + arrives[n]"), (_I, "I = I * keep_s + arrives[n]")),),
        ),
        Misconception(
            "weight_missing",
            "The weight is left out: each spike lifts the current by 1.",
            ((_ARRIVES, _ARRIVES.removeprefix("weight * ")),),
        ),
        Misconception(
            "time_constants_swapped",
            "The time constants have changed places: the current decays with tau_s, the voltage with tau_m.",
            (("keep_m, keep_s =", "keep_s, keep_m ="),),
            also=((("keep_m, keep_s =", "tau_m, tau_s = tau_s, tau_m\n    keep_m, keep_s ="),),),
        ),
        Misconception(
            "two_spikes_count_once",
            "Two spikes in one step lift the current only once here. Each of them adds the weight: count them.",
            ((_ARRIVES, "weight * np.isin(np.arange(n_steps), steps)"),),
        ),
        Misconception(
            "recorded_before_the_spike",
            "The current is recorded before the spikes of its step are added.",
            ((_TRACE, "trace[n] = V, I - arrives[n]"),),
        ),
        Misconception(
            "one_step_late",
            "Every row is one step late: row n holds what belongs to step n - 1. Make the step, add its spikes, and "
            "then record.",
            (("return trace", "return np.vstack([np.zeros((1, 2)), trace[:-1]])"),),
            also=(_arriving("np.asarray(steps) + 1"),),
        ),
        Misconception(
            "one_step_early",
            "Every spike arrives one step early.",
            _arriving("np.asarray(steps) - 1"),
            also=(_arriving("np.maximum(np.asarray(steps) - 1, 0)"),),
        ),
        Misconception(
            "dt_ignored",
            "Here the step is one millisecond, whatever dt is: the exponentials need -dt/tau.",
            ((_KEEP, "np.exp(-1 / tau_m), np.exp(-1 / tau_s)"),),
            also=(
                ((_KEEP, "np.exp(-1 / tau_m), np.exp(-dt / tau_s)"),),
                ((_KEEP, "np.exp(-dt / tau_m), np.exp(-1 / tau_s)"),),
            ),
        ),
        Misconception(
            "steps_as_milliseconds",
            "The steps at which spikes arrive are taken for milliseconds. Step n is the moment n dt: the spikes are "
            "already counted in steps.",
            _arriving("[n for n in range(n_steps) for s in steps if abs(n * dt - s) < 1e-9]"),
            also=(
                _arriving("[round(s / dt) for s in steps]"),
                _arriving("[s // dt for s in steps]"),
                _arriving("[np.ceil(s / dt) for s in steps]"),
                _arriving("[round(s * dt) for s in steps]"),
                _arriving("[s * dt for s in steps]"),
            ),
        ),
        Misconception(
            "constants_typed_in",
            "Time constants are typed in, 20 or 5 ms or a number made from them. They come as arguments, tau_m and "
            "tau_s, and need not be those.",
            (("keep_m, keep_s =", "tau_m, tau_s = 20.0, 5.0\n    keep_m, keep_s ="),),
            also=(
                (("tau_s / (tau_m - tau_s)", "5 / 15"),),
                ((_KEEP, "np.exp(-dt / 20), np.exp(-dt / 5)"),),
                (("keep_m, keep_s =", "tau_m = 20.0\n    keep_m, keep_s ="),),
                (("keep_m, keep_s =", "tau_s = 5.0\n    keep_m, keep_s ="),),
                (("keep_m, keep_s =", "tau_s = tau_m / 4\n    keep_m, keep_s ="),),
            ),
        ),
        Misconception(
            "last_row_everywhere",
            "All rows are the same, that of the last step. Where one array is changed in place, keep a copy of it in "
            "each step.",
            (("return trace", "return np.tile(trace[-1], (n_steps, 1))"),),
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

    def case(criterion: str, says: str, inputs: dict) -> Case:
        """Where lambda_I turns from one sign to the other it is the small difference of terms as large as the push."""
        return Case(criterion, says, inputs, scale=1.0)

    changing = array(_numbers(rng, -1, 1, 40))
    for part in ("lambda_V", "lambda_I"):
        yield case(part, "a push of 1, dt = 1 ms", {"push": array([1.0] * 60), "dt": 1})
        yield case(part, "a push that changes", {"push": changing, "dt": 1})
    dt = decimals(rng, 0.2, 0.6)
    yield case("any_step", f"a push that changes, dt = {dt} ms", {"push": changing, "dt": dt})
    kick = rng.randint(15, 20)
    push = [float(n == kick) for n in range(25)]
    yield case("any_step", f"a push at step {kick} alone, dt = 2 ms", {"push": array(push), "dt": 2})
    for dt in (0.5, 1):
        constants = _constants(rng)
        says = f"dt = {dt} ms, tau_m = {constants['tau_m']} ms, tau_s = {constants['tau_s']} ms"
        yield case("constants", says, {"push": array(_numbers(rng, 0, 1, 30)), "dt": dt} | constants)
    yield case("edges", "one step", {"push": array([decimals(rng, 0.5, 2)]), "dt": 1})
    for n, which in ((7, "last"), (0, "first")):
        push = [0.0] * 8
        push[n] = decimals(rng, 0.5, 2)
        yield case("edges", f"a push at the {which} step alone", {"push": array(push), "dt": 1})
    yield case("edges", "no push at all", {"push": array([0.0] * 6), "dt": 1})
    push = [0.0] * 1005
    push[rng.randint(1, 3)] = decimals(rng, 0.5, 2)
    yield case("edges", "1005 steps, a push at one of the first alone", {"push": array(push), "dt": 1})


_PUSHED = "push = np.asarray(push, dtype=float)"
_SLOPES = "slope_V, slope_I = (push[n] - lambda_V) / tau_m, (lambda_V - lambda_I) / tau_s"
_EULER = "lambda_V, lambda_I = lambda_V + slope_V * dt, lambda_I + slope_I * dt"
_KEPT = "lambdas[n] = lambda_V, lambda_I"
_BACKWARDS = "range(len(push) - 1, -1, -1)"
_GIVEN_BACK = "return lambdas"
_BEHIND = "lambda_V, lambda_I = np.zeros((len(push), 2)), 0.0, 0.0"

_ORDER = (
    Misconception(
        "latest_first",
        "The lambdas are right but are in the order in which you found them, latest first. Row n belongs to step n: "
        "reverse them.",
        ((_GIVEN_BACK, "return lambdas[::-1]"),),
    ),
    Misconception(
        "forwards",
        "This runs forwards in time. What a voltage does to the loss lies in its future: start after the last step, "
        "with 0, and go back.",
        ((_BACKWARDS, "range(len(push))"),),
        also=(((_BACKWARDS, "range(len(push))"), (_GIVEN_BACK, "return lambdas[::-1]")),),
    ),
    Misconception(
        "push_left_out",
        "Row n is recorded before the push of step n has acted: every row is one step late.",
        ((_GIVEN_BACK, "return np.vstack([lambdas[1:], np.zeros((1, 2))])"),),
    ),
    Misconception(
        "last_push_left_out",
        "The last row is 0, and the push of the last step never acts. The lambdas are 0 only after that step: row n "
        "includes the push of step n, and so does the last row.",
        ((_BACKWARDS, "range(len(push) - 2, -1, -1)"),),
    ),
    Misconception(
        "starts_at_the_push",
        "After the last step nothing matters any more: both lambdas begin with 0 there, not with the last push.",
        ((_BEHIND, _BEHIND.replace("0.0, 0.0", "push[-1], 0.0")),),
        also=(
            ((_BEHIND, _BEHIND.replace("0.0, 0.0", "push[-1], push[-1]")),),
            (
                (_BEHIND, _BEHIND.replace("0.0, 0.0", "push[-1], 0.0\n    lambdas[-1] = push[-1], 0.0")),
                (_BACKWARDS, "range(len(push) - 2, -1, -1)"),
            ),
            (
                (_BEHIND, _BEHIND.replace("0.0, 0.0", "push[-1], push[-1]\n    lambdas[-1] = push[-1]")),
                (_BACKWARDS, "range(len(push) - 2, -1, -1)"),
            ),
        ),
    ),
    Misconception(
        "push_of_another_step",
        "Each step uses the push of another step, in part or in whole. What takes you from step n + 1 to step n is "
        "push[n] alone.",
        ((_PUSHED, f"{_PUSHED}; push = np.append(push[1:], push[-1:])"),),
        also=(
            ((_PUSHED, f"{_PUSHED}; push = np.append(push[:1], push[:-1])"),),
            ((_PUSHED, f"{_PUSHED}; push = np.append(0, push[:-1])"),),
            ((_PUSHED, f"{_PUSHED}; push = np.roll(push, 1)"),),
            ((_PUSHED, f"{_PUSHED}; push = np.roll(push, -1)"),),
            ((_PUSHED, f"{_PUSHED}; push = (push + np.append(push[1:], push[-1:])) / 2"),),
            ((_PUSHED, f"{_PUSHED}; push = (push + np.append(push[1:], 0)) / 2"),),
            ((_PUSHED, f"{_PUSHED}; push = (push + np.append(push[:1], push[:-1])) / 2"),),
            ((_PUSHED, f"{_PUSHED}; push = (push + np.append(0, push[:-1])) / 2"),),
        ),
    ),
    Misconception(
        "one_row_everywhere",
        "All rows are the same, that of step 0. Where one array is changed in place, keep a copy of it in each step.",
        ((_GIVEN_BACK, "return np.tile(lambdas[0], (len(push), 1))"),),
    ),
    Misconception(
        "constants_typed_in",
        "Time constants are typed in, 20 or 5 ms or a number made from them. They come as arguments, tau_m and tau_s, "
        "and need not be those.",
        ((_PUSHED, f"{_PUSHED}; tau_m, tau_s = 20.0, 5.0"),),
        also=(
            ((_PUSHED, f"{_PUSHED}; tau_m = 20.0"),),
            ((_PUSHED, f"{_PUSHED}; tau_s = 5.0"),),
            ((_PUSHED, f"{_PUSHED}; tau_s = tau_m / 4"),),
        ),
    ),
    Misconception(
        "columns_swapped",
        "The columns are in the wrong order: lambda_V first, then lambda_I.",
        ((_KEPT, "lambdas[n] = lambda_I, lambda_V"),),
    ),
)
"""What may go wrong with both adjoints, whatever a step is."""

EULER_ADJOINT = Exercise(
    name="euler_adjoint",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("lambda_V", 1, "runs backwards from 0 after the last step, lambda_V after the push", part="lambda_V"),
        Criterion("lambda_I", 2, "lets lambda_I follow lambda_V as it was before the step", part="lambda_I"),
        Criterion("any_step", 1, "takes Euler's step for any dt"),
        Criterion("constants", 1, "takes the time constants that it is given"),
        Criterion("edges", 1, "works for one step, for a push at one end alone, without a push, and for 1000 steps"),
    ),
    cases=_adjoint_cases,
    axes=("step", "lambda_V or lambda_I"),
    parts=("lambda_V", "lambda_I"),
    columns=True,
    places=("step",),
    misconceptions=(
        *_ORDER,
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
            "taus_missing",
            "Both lambdas move too fast: the slopes are the gaps divided by tau_m and by tau_s.",
            ((_SLOPES, "slope_V, slope_I = push[n] - lambda_V, lambda_V - lambda_I"),),
        ),
        Misconception(
            "push_not_divided",
            "Only the leak is divided by tau_m. In tau_m dlambda_V/dt = push - lambda_V it divides both.",
            (("(push[n] - lambda_V) / tau_m", "push[n] - lambda_V / tau_m"),),
            also=((("lambda_V + slope_V * dt", "lambda_V - lambda_V / tau_m * dt + push[n]"),),),
        ),
        Misconception(
            "no_leak",
            "lambda_V only accumulates pushes and forgets nothing. It leaks as the voltage does: push - lambda_V.",
            (("(push[n] - lambda_V) / tau_m", "push[n] / tau_m"),),
        ),
        Misconception(
            "no_leak_of_lambda_I",
            "lambda_I only accumulates and forgets nothing. It leaks as the current does: lambda_V - lambda_I.",
            (("(lambda_V - lambda_I) / tau_s", "lambda_V / tau_s"),),
        ),
        Misconception(
            "wrong_sign",
            "The sign is reversed: the push is already minus dl/dV, and lambda follows it. Do not reverse it again.",
            (("push[n] - lambda_V", "-push[n] - lambda_V"),),
        ),
        Misconception(
            "runs_away",
            "The slopes are subtracted instead of added, so the lambdas run away from what they should follow. The "
            "equations are already those for going backwards: add slope times dt.",
            ((_EULER, "lambda_V, lambda_I = lambda_V - slope_V * dt, lambda_I - slope_I * dt"),),
            also=(((_SLOPES, _SLOPES.replace("push[n] - lambda_V", "push[n] + lambda_V")),),),
        ),
        Misconception(
            "lambda_I_follows_the_push",
            "lambda_I follows the push here. It follows lambda_V, which follows the push.",
            (("(lambda_V - lambda_I) / tau_s", "(push[n] - lambda_I) / tau_s"),),
        ),
        Misconception(
            "taus_swapped",
            "The time constants have changed places: lambda_V leaks with tau_m, lambda_I with tau_s.",
            ((_SLOPES, "slope_V, slope_I = (push[n] - lambda_V) / tau_s, (lambda_V - lambda_I) / tau_m"),),
        ),
        Misconception(
            "order_of_the_neuron",
            "The push drives lambda_I, and that drives lambda_V, as in the neuron the current drives the voltage. Here "
            "they have changed places: the push drives lambda_V, and lambda_V drives lambda_I.",
            ((_SLOPES, "slope_V, slope_I = (lambda_I - lambda_V) / tau_m, (push[n] - lambda_I) / tau_s"),),
            also=(
                (
                    (_SLOPES, "slope_I = (push[n] - lambda_I) / tau_s"),
                    (_EULER, "lambda_I += slope_I * dt\n        lambda_V += (lambda_I - lambda_V) / tau_m * dt"),
                ),
            ),
        ),
        Misconception(
            "dt_forgotten",
            "dt is forgotten, as if a step were always one millisecond: each slope should be multiplied by dt.",
            ((_EULER, "lambda_V, lambda_I = lambda_V + slope_V, lambda_I + slope_I"),),
            also=(
                ((_EULER, "lambda_V, lambda_I = lambda_V + slope_V, lambda_I + slope_I * dt"),),
                ((_EULER, "lambda_V, lambda_I = lambda_V + slope_V * dt, lambda_I + slope_I"),),
                ((_EULER, "lambda_V, lambda_I = lambda_V + slope_V / dt, lambda_I + slope_I / dt"),),
            ),
        ),
        Misconception(
            "exponential_step",
            "A lambda moves by an exponential of -dt/tau here. That comes later in the chapter: here the exercise "
            "asks for Euler's step, the slope times dt.",
            (
                (
                    _EULER,
                    "slope_V, slope_I = slope_V * tau_m, slope_I * tau_s\n        "
                    "lambda_V += slope_V * (1 - np.exp(-dt / tau_m))\n        "
                    "lambda_I += slope_I * (1 - np.exp(-dt / tau_s))",
                ),
            ),
            also=(
                (
                    (
                        _EULER,
                        "lambda_V += slope_V * tau_m * (1 - np.exp(-dt / tau_m))\n        "
                        "lambda_I += (lambda_V - lambda_I) * (1 - np.exp(-dt / tau_s))",
                    ),
                ),
                (
                    (
                        _EULER,
                        "keep_m, keep_s = np.exp(-dt / tau_m), np.exp(-dt / tau_s)\n        "
                        "tilt = (lambda_V - push[n]) * tau_m / (tau_m - tau_s)\n        "
                        "lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n] - tilt) * keep_s\n        "
                        "lambda_V = push[n] + (lambda_V - push[n]) * keep_m",
                    ),
                ),
                (
                    (
                        _EULER,
                        "lambda_I = lambda_I * np.exp(-dt / tau_s) + lambda_V * dt / tau_s\n        "
                        "lambda_V = lambda_V * np.exp(-dt / tau_m) + push[n] * dt / tau_m",
                    ),
                ),
            ),
        ),
    ),
    seconds=5,
)

_GAP = "gap = lambda_V - push[n]"
_TILT = "tilt = gap * tau_m / (tau_m - tau_s)"
_EXACT_I = "lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n] - tilt) * keep_s"
_EXACT_V = "lambda_V = push[n] + gap * keep_m"
_BOTH_EXACT = f"{_EXACT_I}\n        {_EXACT_V}"


def _tilted(tilt: str) -> Changes:
    return ((_TILT, f"tilt = {tilt}"),)


EXACT_ADJOINT = Exercise(
    name="exact_adjoint",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("lambda_V", 1, "runs backwards from 0 after the last step, lambda_V exact", part="lambda_V"),
        Criterion("lambda_I", 3, "lets lambda_I follow the moving lambda_V exactly", part="lambda_I"),
        Criterion("any_step", 1, "is exact for any dt"),
        Criterion("constants", 1, "takes the time constants that it is given"),
        Criterion("edges", 1, "works for one step, for a push at one end alone, without a push, and for 1000 steps"),
    ),
    cases=_adjoint_cases,
    axes=("step", "lambda_V or lambda_I"),
    parts=("lambda_V", "lambda_I"),
    columns=True,
    places=("step",),
    misconceptions=(
        *_ORDER,
        Misconception(
            "euler",
            "This is still Euler's step. Both equations can be solved for a whole step, since the push is constant in "
            "it: lambda_V approaches the push by one exponential.",
            (
                (_EXACT_I, "lambda_I = lambda_I + (lambda_V - lambda_I) * dt / tau_s"),
                (_EXACT_V, "lambda_V = lambda_V - gap * dt / tau_m"),
            ),
            also=(
                (
                    (_EXACT_I, "lambda_V = lambda_V - gap * dt / tau_m"),
                    (_EXACT_V, "lambda_I = lambda_I + (lambda_V - lambda_I) * dt / tau_s"),
                ),
            ),
        ),
        Misconception(
            "euler_for_lambda_I",
            "lambda_V is exact, but lambda_I still takes Euler's step. It can be solved for a whole step too: there "
            "are two exponentials in it.",
            ((_EXACT_I, "lambda_I = lambda_I + (lambda_V - lambda_I) * dt / tau_s"),),
            also=(((_BOTH_EXACT, f"{_EXACT_V}\n        lambda_I += (lambda_V - lambda_I) * dt / tau_s"),),),
        ),
        Misconception(
            "frozen_voltage",
            "lambda_V is exact, but lambda_I follows one value of it throughout the step, as if it stood still. "
            "lambda_V moves while lambda_I follows it: there are two exponentials in lambda_I.",
            ((_EXACT_I, "lambda_I = lambda_V + (lambda_I - lambda_V) * keep_s"),),
            also=(
                ((_BOTH_EXACT, f"{_EXACT_V}\n        lambda_I = lambda_V + (lambda_I - lambda_V) * keep_s"),),
                (
                    (
                        _BOTH_EXACT,
                        f"old = lambda_V\n        {_EXACT_V}\n        old = (old + lambda_V) / 2\n        "
                        "lambda_I = old + (lambda_I - old) * keep_s",
                    ),
                ),
            ),
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
                (_BOTH_EXACT, _EXACT_I),
            ),
        ),
        Misconception(
            "forward_factor",
            "The factor is that of the forward step, tau_s / (tau_m - tau_s). There the current falls fast and drives "
            "a slow voltage; here it is the other way round. Solve tau_s dlambda_I/dt = lambda_V - lambda_I again.",
            _tilted("gap * tau_s / (tau_m - tau_s)"),
        ),
        Misconception(
            "another_factor",
            "lambda_V is right, and lambda_I has its two exponentials, but the one of tau_m has another factor than "
            "tau_m / (tau_m - tau_s) times lambda_V - push. Put the form with a and b into the equation once more.",
            _tilted("gap * tau_m / (tau_s - tau_m)"),
            also=(
                _tilted("gap"),
                _tilted("gap * tau_s / (tau_s - tau_m)"),
                _tilted("gap * tau_m / (tau_m + tau_s)"),
                _tilted("gap * tau_s / tau_m"),
                _tilted("gap * tau_m / tau_s"),
                _tilted("gap * (tau_m - tau_s) / tau_m"),
                _tilted("gap / (tau_m - tau_s)"),
                _tilted("lambda_V * tau_m / (tau_m - tau_s)"),
            ),
        ),
        Misconception(
            "another_start",
            "The two exponentials of lambda_I do not begin at the lambda_I from before the step: push + a + b has to "
            "be that, so b = lambda_I - push - a.",
            ((_EXACT_I, "lambda_I = push[n] + tilt * keep_m + (lambda_I - tilt) * keep_s"),),
            also=(
                ((_EXACT_I, "lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n]) * keep_s"),),
                ((_EXACT_I, "lambda_I = push[n] + tilt * keep_m + lambda_I * keep_s"),),
                ((_EXACT_I, "lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n] + tilt) * keep_s"),),
                ((_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - push[n] - tilt) * keep_s"),),
                ((_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - tilt) * keep_s"),),
                (
                    (
                        _BOTH_EXACT,
                        f"{_EXACT_V}\n        "
                        "lambda_I = push[n] + tilt * keep_m + (lambda_V - push[n] - tilt) * keep_s",
                    ),
                ),
            ),
        ),
        Misconception(
            "lambda_I_follows_the_push",
            "lambda_I follows the push here. It follows lambda_V, which follows the push.",
            ((_EXACT_I, "lambda_I = push[n] + (lambda_I - push[n]) * keep_s"),),
        ),
        Misconception(
            "order_of_the_neuron",
            "The push drives lambda_I, and that drives lambda_V, as in the neuron the current drives the voltage. Here "
            "they have changed places: the push drives lambda_V, and lambda_V drives lambda_I.",
            (
                (_GAP, "gap = lambda_I - push[n]"),
                (_TILT, "tilt = gap * tau_s / (tau_m - tau_s)"),
                (_EXACT_I, "lambda_V = push[n] - tilt * keep_s + (lambda_V - push[n] + tilt) * keep_m"),
                (_EXACT_V, "lambda_I = push[n] + gap * keep_s"),
            ),
            also=(
                (
                    (_EXACT_I, "lambda_V = lambda_V * keep_m + lambda_I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)"),
                    (_EXACT_V, "lambda_I = push[n] + (lambda_I - push[n]) * keep_s"),
                ),
                (
                    (_EXACT_I, "lambda_V = lambda_V * keep_m + lambda_I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)"),
                    (_EXACT_V, "lambda_I = lambda_I * keep_s + push[n]"),
                ),
            ),
        ),
        Misconception(
            "push_only_once",
            "The push acts as a kick at the step, and not throughout it. That is a good approximation for small dt, "
            "but not the exact step for a constant push.",
            (
                (_TILT, "tilt = lambda_V * tau_m / (tau_m - tau_s)"),
                (_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - tilt) * keep_s"),
                (_EXACT_V, "lambda_V = lambda_V * keep_m + push[n] * dt / tau_m"),
            ),
            also=(
                (
                    (_TILT, "tilt = lambda_V * tau_m / (tau_m - tau_s)"),
                    (_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - tilt) * keep_s"),
                    (_EXACT_V, "lambda_V = lambda_V * keep_m + push[n]"),
                ),
                (
                    (_TILT, "tilt = lambda_V * tau_m / (tau_m - tau_s)"),
                    (_EXACT_I, "lambda_I = tilt * keep_m + (lambda_I - tilt) * keep_s"),
                    (_EXACT_V, "lambda_V = lambda_V * keep_m + push[n] * (1 - keep_m)"),
                ),
            ),
        ),
        Misconception(
            "wrong_sign",
            "The sign is reversed: the push is already minus dl/dV, and lambda follows it. Do not reverse it again.",
            ((_PUSHED, f"{_PUSHED}; push = -push"),),
        ),
        Misconception(
            "taus_swapped",
            "The time constants have changed places: lambda_V leaks with tau_m, lambda_I with tau_s.",
            ((_PUSHED, f"{_PUSHED}; tau_m, tau_s = tau_s, tau_m"),),
            also=((("keep_m, keep_s =", "keep_s, keep_m ="),),),
        ),
        Misconception(
            "dt_forgotten",
            "A step is one millisecond here, whatever dt is: the exponentials need -dt/tau.",
            ((_KEEP, "np.exp(-1 / tau_m), np.exp(-1 / tau_s)"),),
            also=(
                ((_KEEP, "np.exp(-1 / tau_m), np.exp(-dt / tau_s)"),),
                ((_KEEP, "np.exp(-dt / tau_m), np.exp(-1 / tau_s)"),),
            ),
        ),
        Misconception(
            "factor_typed_in",
            "The factor 4/3 is typed in, or the exponentials of 20 and 5 ms are. tau_m and tau_s come as arguments, "
            "and need not be those.",
            _tilted("gap * 4 / 3"),
            also=(((_KEEP, "np.exp(-dt / 20), np.exp(-dt / 5)"),),),
        ),
    ),
    seconds=5,
)


def _spike_time_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, n_steps: int, weight: float, steps: list) -> Case:
        lambdas = _numbers(rng, -1, 1, n_steps, 2)
        return Case(criterion, says, {"lambdas": array(lambdas), "weight": weight, "steps": array(steps, "int")})

    for n_steps in (20, rng.randint(25, 40)):
        steps, weight = sorted(rng.sample(range(2, n_steps - 2), 5)), decimals(rng, 1.5, 3)
        yield case("gradient", f"spikes at {steps}, w = {weight}", n_steps, weight, steps)
    for _ in range(2):
        steps, weight = sorted(rng.sample(range(2, 18), 4)), decimals(rng, -3, -1.5)
        yield case("weight", f"an inhibitory synapse, w = {weight}", 20, weight, steps)
    first, twice, last = sorted(rng.sample(range(1, 8), 3))
    steps = [twice, last, twice, first]
    yield case("edges", f"two spikes in one step, in no order: {steps}", 9, 0.5, steps)
    steps = shuffled(rng, [0, 3, 5, 8])
    yield case("edges", f"the first step and the last, in no order: {steps}", 9, 0.5, steps)
    yield case("edges", "one spike", 9, 0.5, [4])
    yield case("edges", "no spike", 9, 0.5, [])


_HEARD = "heard = np.asarray(lambdas, dtype=float)[np.asarray(steps, dtype=int)]"
_DIFFERENCE = "weight * (heard[:, 0] - heard[:, 1])"
_READ = "[np.asarray(steps, dtype=int)]"


def _read_at(index: str) -> Changes:
    return ((_READ, f"[{index}]"),)


SPIKE_TIME_GRADIENT = Exercise(
    name="spike_time_gradient",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion(
            "gradient", 3, "weighs what a later spike takes from the voltage against what it adds to the current"
        ),
        Criterion("weight", 1, "changes sign with the weight"),
        Criterion(
            "edges", 1, "works for two spikes in one step, in any order, at the first step and the last, and for none"
        ),
    ),
    cases=_spike_time_cases,
    axes=("spike", "dL/dt"),
    places=("spike",),
    misconceptions=(
        Misconception(
            "size_of_the_weight",
            "The sign of the weight is lost. A spike through an inhibitory synapse does the opposite of an excitatory "
            "one, and so does its delay.",
            ((_DIFFERENCE, "abs(weight) * (heard[:, 0] - heard[:, 1])"),),
        ),
        Misconception(
            "sign",
            "The sign is reversed. A later spike takes charge from the voltage (which costs, if lambda_V > 0) and "
            "leaves more current (which helps, if lambda_I > 0).",
            ((_DIFFERENCE, "weight * (heard[:, 1] - heard[:, 0])"),),
        ),
        Misconception(
            "both_added",
            "Both kicks have the same sign here. A later spike takes from the voltage and adds to the current: "
            "lambda_V - lambda_I.",
            ((_DIFFERENCE, "weight * (heard[:, 0] + heard[:, 1])"),),
            also=(((_DIFFERENCE, "-weight * (heard[:, 0] + heard[:, 1])"),),),
        ),
        Misconception(
            "time_constants_kept",
            "There are still time constants in it, or numbers made from them. dL/dV is -tau_m lambda_V, and the kick "
            "is w delta / tau_m: they drop out, and so does tau_s.",
            ((_DIFFERENCE, "weight * (heard[:, 0] / 20 - heard[:, 1] / 5)"),),
            also=(
                ((_DIFFERENCE, "weight * (heard[:, 0] * 20 - heard[:, 1] * 5)"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] / 5 - heard[:, 1] / 20)"),),
                ((_DIFFERENCE, "weight * (heard[:, 1] / 5 - heard[:, 0] / 20)"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] / 20 + heard[:, 1] / 5)"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] - heard[:, 1]) / 5"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] - heard[:, 1]) / 20"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] - heard[:, 1]) * 5"),),
                ((_DIFFERENCE, "weight * (heard[:, 0] - heard[:, 1]) * 20"),),
            ),
        ),
        Misconception(
            "no_weight",
            "The weight is missing: a spike through a synapse twice as strong moves the loss twice as much.",
            ((_DIFFERENCE, "heard[:, 0] - heard[:, 1]"),),
        ),
        Misconception(
            "weight_of_one_kick",
            "The weight multiplies only one of the two kicks. Both are proportional to it.",
            ((_DIFFERENCE, "weight * heard[:, 0] - heard[:, 1]"),),
            also=(((_DIFFERENCE, "heard[:, 0] - weight * heard[:, 1]"),),),
        ),
        Misconception(
            "divided_by_the_weight",
            "The result is divided by the weight. A spike through a synapse twice as strong moves the loss twice as "
            "much.",
            ((_DIFFERENCE, "(heard[:, 0] - heard[:, 1]) / weight"),),
        ),
        Misconception(
            "weight_squared",
            "The weight appears twice. Both kicks are proportional to it, and that is all.",
            ((_DIFFERENCE, "weight**2 * (heard[:, 0] - heard[:, 1])"),),
        ),
        Misconception(
            "voltage_only",
            "Only what is missing in the voltage is counted. A later spike also leaves the current higher afterwards, "
            "since it had less time to decay.",
            ((_DIFFERENCE, "weight * heard[:, 0]"),),
            also=(((_DIFFERENCE, "-weight * heard[:, 0]"),),),
        ),
        Misconception(
            "current_only",
            "Only what is left in the current is counted. A later spike also comes too late to charge the membrane.",
            ((_DIFFERENCE, "-weight * heard[:, 1]"),),
            also=(((_DIFFERENCE, "weight * heard[:, 1]"),),),
        ),
        Misconception(
            "weight_gradient",
            "This is -tau_s lambda_I, how the loss changes with the *weight* of a spike. The exercise asks how it "
            "changes with the time of the spike.",
            ((_DIFFERENCE, "-5.0 * heard[:, 1]"),),
            also=(((_DIFFERENCE, "-5.0 * weight * heard[:, 1]"),),),
        ),
        Misconception(
            "one_step_late",
            "The lambdas are read at the step after the spike.",
            _read_at("np.minimum(np.asarray(steps, dtype=int) + 1, len(lambdas) - 1)"),
            also=(
                _read_at("(np.asarray(steps, dtype=int) + 1) % len(lambdas)"),
                ((_HEARD, "heard = np.append(lambdas, [[0, 0]], axis=0)[np.asarray(steps, dtype=int) + 1]"),),
            ),
        ),
        Misconception(
            "one_step_early",
            "The lambdas are read at the step before the spike.",
            _read_at("np.asarray(steps, dtype=int) - 1"),
            also=(_read_at("np.maximum(np.asarray(steps, dtype=int) - 1, 0)"),),
        ),
        Misconception(
            "counted_from_the_end",
            "The steps are counted from the end, as if the lambdas were stored latest first. Row n belongs to step n.",
            ((_HEARD, "heard = np.asarray(lambdas, dtype=float)[::-1][np.asarray(steps, dtype=int)]"),),
        ),
        Misconception(
            "in_order_of_time",
            "The values are sorted by time, one for each step with a spike. The exercise asks for one for each spike, "
            "in the order in which the steps are given, including two in one step.",
            _read_at("sorted({*map(int, steps)})"),
        ),
        Misconception(
            "sorted",
            "The values are sorted by time. They belong in the order in which the steps are given.",
            _read_at("np.sort(np.asarray(steps, dtype=int))"),
        ),
        Misconception(
            "at_each_step",
            "There is a value for each step, whether a spike is heard at it or not. The exercise asks for one for "
            "each spike.",
            ((_HEARD, "heard = np.asarray(lambdas, dtype=float)"),),
            also=(
                (
                    (_HEARD, "heard = np.asarray(lambdas, dtype=float)"),
                    (_DIFFERENCE, f"{_DIFFERENCE} * np.isin(np.arange(len(heard)), steps)"),
                ),
                (
                    (_HEARD, "heard = np.asarray(lambdas, dtype=float)"),
                    (_DIFFERENCE, f"{_DIFFERENCE} * np.bincount(np.asarray(steps, dtype=int), minlength=len(heard))"),
                ),
            ),
        ),
        Misconception(
            "added_up",
            "All spikes are added up to one number. The exercise asks for one for each spike.",
            ((_DIFFERENCE, "np.sum(weight * (heard[:, 0] - heard[:, 1]))"),),
            also=(((_DIFFERENCE, "np.mean(weight * (heard[:, 0] - heard[:, 1]))"),),),
        ),
        Misconception(
            "shared_out",
            "The values are divided by the number of spikes. Each spike changes the loss by itself.",
            ((_DIFFERENCE, f"{_DIFFERENCE} / max(len(heard), 1)"),),
        ),
    ),
    seconds=5,
)


def _weight_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, spikes: list, receivers: int, **constants) -> Case:
        lambda_I = _numbers(rng, -1, 1, len(spikes), receivers)
        return Case(criterion, says, {"lambda_I": array(lambda_I), "spikes": array(spikes)} | constants)

    def spiking(senders: int, n_steps: int) -> list:
        spikes = [[int(rng.random() < 0.3) for _ in range(senders)] for _ in range(n_steps)]
        spikes[1], spikes[n_steps // 2] = [1] * senders, [1] * senders
        spikes[0] = spikes[-1] = [0] * senders
        return spikes

    yield case("gradient", "four senders, three receivers", spiking(4, 12), 3)
    yield case("gradient", "two senders, five receivers", spiking(2, rng.randint(15, 25)), 5)
    for tau_s in (3, decimals(rng, 1, 4)):
        # one spike each, and the same lambda_I all the time: nothing but the factor can be wrong
        when = rng.sample(range(1, 9), 4)
        spikes = [[int(n == at) for at in when] for n in range(10)]
        inputs = {"lambda_I": array([_numbers(rng, -1, 1, 2)] * 10), "spikes": array(spikes), "tau_s": tau_s}
        yield Case("tau_s", f"one spike each, lambda_I does not change, tau_s = {tau_s} ms", inputs)
    yield case("edges", "one sender, one receiver", spiking(1, 8), 1)
    yield case("edges", "a sender that is silent", [[0, 0, 0], [1, 0, 1], [1, 0, 0], [0, 0, 0]], 2)
    yield case("edges", "spikes at the first step and the last", [[1, 0], [0, 0], [0, 0], [1, 1]], 3)


_PRODUCT = "return -tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"


def _collected(product: str) -> Changes:
    return ((_PRODUCT, f"return {product}"),)


WEIGHT_GRADIENT = Exercise(
    name="weight_gradient",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("gradient", 2, "adds up lambda_I of each receiver over the spikes of each sender"),
        Criterion("tau_s", 1, "multiplies by minus the time constant of the synapse"),
        Criterion("edges", 1, "works for one neuron each, a silent sender, and spikes at the first step and the last"),
    ),
    cases=_weight_cases,
    axes=("sender", "dL/dw"),
    places=("sender", "receiver"),
    misconceptions=(
        Misconception(
            "tau_s_missing",
            "The time constant is missing. lambda_I is -(1/tau_s) dL/dI, and dL/dI is what is needed.",
            _collected("-np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),
            also=(_collected("np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),),
        ),
        Misconception(
            "divided_by_tau_s",
            "The result is divided by tau_s. lambda_I is -(1/tau_s) dL/dI, so dL/dI is -tau_s lambda_I.",
            _collected("-np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float) / tau_s"),
            also=(_collected("np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float) / tau_s"),),
        ),
        Misconception(
            "tau_s_typed_in",
            "The time constant is typed in as a number. It comes as an argument, tau_s, and need not be 5 ms.",
            _collected("-5.0 * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),
        ),
        Misconception(
            "tau_m_instead",
            "The result is multiplied by the time constant of the membrane. The current decays with tau_s.",
            _collected("-20.0 * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),
        ),
        Misconception(
            "sign",
            "The sign is reversed: lambda_I is positive where more current would *lower* the loss, so the "
            "gradient is minus that.",
            _collected("tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),
        ),
        Misconception(
            "turned",
            "Rows and columns have changed places: a row for each sender, a column for each receiver.",
            _collected("-tau_s * np.asarray(lambda_I, dtype=float).T @ np.asarray(spikes, dtype=float)"),
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
            "mean_over_steps",
            "This is the mean over all steps. Each spike adds its own part, however long the recording: the sum.",
            _collected(
                "-tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float) / len(lambda_I)"
            ),
        ),
        Misconception(
            "last_spike_only",
            "Only one spike of each sender counts, its last. Each spike adds its own part: `g[senders] += ...` with a "
            "sender listed several times keeps one of them, np.add.at adds all.",
            (
                (
                    _PRODUCT,
                    "last = np.asarray(spikes)[::-1].cumsum(axis=0)[::-1] * np.asarray(spikes) == 1\n    "
                    "return -tau_s * last.T @ np.asarray(lambda_I, dtype=float)",
                ),
            ),
        ),
        Misconception(
            "first_spike_only",
            "Only one spike of each sender counts, its first. Each spike adds its own part.",
            (
                (
                    _PRODUCT,
                    "first = np.asarray(spikes).cumsum(axis=0) * np.asarray(spikes) == 1\n    "
                    "return -tau_s * first.T @ np.asarray(lambda_I, dtype=float)",
                ),
            ),
        ),
        Misconception(
            "at_all_steps",
            "lambda_I is added up over all steps, whether any neuron spiked or not. A weight matters only at the "
            "moments when its sender spikes.",
            _collected("-tau_s * np.ones_like(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)"),
            also=(
                (
                    (
                        _PRODUCT,
                        "counts = np.sum(spikes, axis=0)[:, None]\n    "
                        "return -tau_s * counts * np.sum(lambda_I, axis=0)",
                    ),
                ),
            ),
        ),
        Misconception(
            "any_sender",
            "lambda_I is added up at all spikes, whichever neuron sent them: all senders have the same row. A weight "
            "hears only the spikes of its own sender.",
            (
                (
                    _PRODUCT,
                    "heard = np.max(spikes, axis=1, keepdims=True) * np.ones_like(spikes)\n    "
                    "return -tau_s * heard.T @ np.asarray(lambda_I, dtype=float)",
                ),
            ),
            also=(
                (
                    (
                        _PRODUCT,
                        "heard = np.sum(spikes, axis=1, keepdims=True) * np.ones_like(spikes)\n    "
                        "return -tau_s * heard.T @ np.asarray(lambda_I, dtype=float)",
                    ),
                ),
            ),
        ),
        Misconception(
            "rows_zero_and_one",
            "The zeros and ones of spikes are taken for step numbers, so lambda_I is read only at steps 0 and 1. They "
            "say whether there is a spike: multiply by them, or turn them into booleans.",
            (
                (
                    _PRODUCT,
                    "rows = np.asarray(lambda_I, dtype=float)[np.asarray(spikes, dtype=int)]\n    "
                    "return -tau_s * rows.sum(axis=0)",
                ),
            ),
        ),
        Misconception(
            "no_sum",
            "There is a table for each step, not added up yet: a weight collects from all steps.",
            _collected("-tau_s * np.asarray(spikes)[:, :, None] * np.asarray(lambda_I)[:, None]"),
        ),
        Misconception(
            "one_step_late",
            "lambda_I is read at the step after each spike.",
            _collected("-tau_s * np.asarray(spikes, dtype=float)[:-1].T @ np.asarray(lambda_I, dtype=float)[1:]"),
            also=(_collected("-tau_s * np.asarray(spikes, dtype=float).T @ np.roll(lambda_I, -1, axis=0)"),),
        ),
        Misconception(
            "one_step_early",
            "lambda_I is read at the step before each spike.",
            _collected("-tau_s * np.asarray(spikes, dtype=float)[1:].T @ np.asarray(lambda_I, dtype=float)[:-1]"),
            also=(_collected("-tau_s * np.asarray(spikes, dtype=float).T @ np.roll(lambda_I, 1, axis=0)"),),
        ),
        Misconception(
            "latest_first",
            "One of the two is reversed in time with respect to the other. Both are stored earliest first.",
            _collected("-tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)[::-1]"),
        ),
    ),
    seconds=5,
)


WHETHER = 1e6
"""A tolerance that takes any number for any other, though not for infinity: only whether there is one counts."""


def _rises(
    rng: Random, above: float, below: float, lowest: float = 0.0, tau_m: float = 20.0, tau_s: float = 5.0
) -> dict:
    """A neuron whose voltage will peak between so many times its threshold."""
    while True:
        V, I, threshold = decimals(rng, lowest, min(lowest + 1, 0.9)), decimals(rng, 1, 12), decimals(rng, 0.8, 1.5)
        fast = I * tau_s / (tau_m - tau_s)
        slow = V + fast
        if threshold - 0.1 < V or V >= I or slow <= 0:
            continue
        peak = math.log(fast * tau_m / (slow * tau_s)) / (1 / tau_s - 1 / tau_m)
        highest = slow * math.exp(-peak / tau_m) - fast * math.exp(-peak / tau_s)
        if above < highest / threshold < below:
            return {"V": V, "I": I, "threshold": threshold}


def _next_spike_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, inputs: dict) -> Case:
        says = ", ".join(f"{name} = {value}" for name, value in inputs.items())
        return Case(criterion, says, inputs)

    yield case("spikes", {"V": 0, "I": 8, "threshold": 1})
    for _ in range(3):
        yield case("spikes", _rises(rng, 1.05, 2))
    yield case("spikes", {"V": 0.8, "I": decimals(rng, 9, 12), "threshold": 1})
    yield case("spikes", {"V": 0, "I": decimals(rng, 0.7, 0.9), "threshold": 0.1})
    for _ in range(2):
        yield case("negative", _rises(rng, 1.05, 2, lowest=-1))
        yield case("just", _rises(rng, 1.001, 1.02))
    for _ in range(4):  # with other constants some of them would never fire, and infinity tells nobody apart
        constants = _constants(rng)
        yield case("constants", _rises(rng, 1.3, 2, **constants) | constants)
    never = [
        _rises(rng, 0.9, 0.995),
        {"V": 0, "I": 0, "threshold": 1},
        {"V": 0.9, "I": 0.8, "threshold": 1},
        {"V": 0.9, "I": 0.1, "threshold": 1},
        {"V": 0.5, "I": -decimals(rng, 0.2, 0.9), "threshold": 1},
        {"V": -1, "I": 3, "threshold": 1},
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
_FAST = "fast = I * tau_s / (tau_m - tau_s)"
_FINITE = "if late < np.inf else np.inf"
_NEVER = "        return np.inf\n"


def _for_never(answer: str) -> Changes:
    return ((_NEVER, f"        return {answer}\n"), (_LATE, f"return late if late < np.inf else {answer}"))


def _looked_for(step: str, found: str) -> str:
    """A whole definition that looks step by step, and answers what is ``found``."""
    return f"""def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    fast = I * tau_s / (tau_m - tau_s)
    grid = {step} * np.arange(0, round(120 / {step}))
    trace = (V + fast) * np.exp(-grid / tau_m) - fast * np.exp(-grid / tau_s)
    if (trace < threshold).all():
        return np.inf
    n = int((trace >= threshold).argmax())
    return {found}
"""


_BETWEEN = "grid[n - 1] + (grid[n] - grid[n - 1]) * (threshold - trace[n - 1]) / (trace[n] - trace[n - 1])"

NEXT_SPIKE = Exercise(
    name="next_spike",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("spikes", 2, "finds when the voltage reaches the threshold on its way up"),
        Criterion("negative", 1, "finds it from a voltage below zero"),
        Criterion("just", 1, "finds it where the threshold is only just reached"),
        Criterion("constants", 1, "takes the time constants that it is given"),
        Criterion("never", 1, "returns infinity where it is never reached, and only there", tolerance=WHETHER),
    ),
    cases=_next_spike_cases,
    axes=("case", "time (ms)"),
    misconceptions=(
        Misconception(
            "time_of_the_peak",
            "This is when the voltage is highest. It passes the threshold before that.",
            ((_LATE, f"return peak {_FINITE}"),),
            also=(((_LATE, "return peak"),),),
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
            also=(
                *(
                    _looked_for(step, found)
                    for step in ("1.0", "0.1", "0.01", "0.5", "0.05", "0.2")
                    for found in ("grid[n]", "grid[n - 1]")
                ),
                _looked_for("1.0", "(grid[n] + grid[n - 1]) / 2"),
                _looked_for("0.1", "(grid[n] + grid[n - 1]) / 2"),
                _looked_for("1.0", "n"),
            ),
        ),
        Misconception(
            "line_between_steps",
            "This is near the answer, but a straight line is drawn between two steps of a grid. The voltage bends: "
            "halve the time between them until nothing is left of it.",
            (
                (
                    _LATE,
                    "if late == np.inf:\n        return late\n    n = math.floor(late)\n    one, other = (\n        "
                    "slow * math.exp(-t / tau_m) - fast * math.exp(-t / tau_s) for t in (n, n + 1)\n    )\n    "
                    "return n + (threshold - one) / (other - one)",
                ),
            ),
            also=(_looked_for("1.0", _BETWEEN), _looked_for("0.5", _BETWEEN)),
        ),
        Misconception(
            "halved_too_seldom",
            "This is near the answer, but not near enough: the interval from now to the peak is not halved often "
            "enough.",
            (("range(60)", "range(10)"),),
            also=tuple(
                (("range(60)", f"range({times})"), (_LATE, f"return {what} {_FINITE}"))
                for times in (5, 6, 8, 10, 11, 12)
                for what in ("late", "early", "middle")
            ),
        ),
        Misconception(
            "straight_line",
            "The voltage is continued as a straight line. It bends, as the current decays and the leak grows.",
            ((_LATE, "return (threshold - V) * tau_m / (I - V)"),),
            also=(((_LATE, f"return (threshold - V) * tau_m / (I - V) {_FINITE}"),),),
        ),
        Misconception(
            "constant_current",
            "The current is treated as constant; then the leaky integrator's formula would hold. It decays with "
            "tau_s, and the neuron fires later, or not at all.",
            ((_LATE, "return -tau_m * np.log(1 - (threshold - V) / (I - V)) if I > threshold else np.inf"),),
            also=(((_LATE, f"return -tau_m * np.log(1 - (threshold - V) / (I - V)) {_FINITE}"),),),
        ),
        Misconception(
            "threshold_typed_in",
            "The threshold is taken as 1. It comes as an argument.",
            ((_FAST, f"threshold = 1.0; {_FAST}"),),
        ),
        Misconception(
            "constants_typed_in",
            "Time constants are typed in, 20 or 5 ms or a number made from them. They come as arguments, tau_m and "
            "tau_s, and need not be those.",
            ((_FAST, f"tau_m, tau_s = 20.0, 5.0; {_FAST}"),),
            also=(
                ((_FAST, "fast = I / 3"),),
                ((_FAST, f"tau_m = 20.0; {_FAST}"),),
                ((_FAST, f"tau_s = 5.0; {_FAST}"),),
            ),
        ),
        Misconception(
            "another_factor",
            "The factor of the two exponentials of the current is not tau_s / (tau_m - tau_s).",
            ((_FAST, "fast = I"),),
            also=(
                ((_FAST, "fast = I * tau_m / (tau_m - tau_s)"),),
                ((_FAST, "fast = I * tau_s / tau_m"),),
                ((_FAST, "fast = I * tau_s / (tau_m + tau_s)"),),
            ),
        ),
        Misconception(
            "finite_for_never",
            "The times are right, but for a neuron that never fires the answer must be infinity, so that its spike "
            "comes after all others when the earliest one is looked for.",
            _for_never("-1.0"),
            also=(
                _for_never("1e9"),
                _for_never("1e15"),
                ((_START, "early, late, middle = 0.0, peak, peak"),),
            ),
        ),
        Misconception(
            "voltage_does_not_leak",
            "The voltage that is already there does not leak in your formula: it keeps its value, and only the "
            "current adds to it.",
            ((_VOLTAGE, "V + fast * (np.exp(-middle / tau_m) - np.exp(-middle / tau_s))"),),
        ),
        Misconception(
            "voltage_left_out",
            "The voltage that is already there is left out: this is when the current alone would bring a neuron at "
            "rest to the threshold.",
            ((_FAST, f"V = 0.0; {_FAST}"),),
        ),
    ),
    seconds=5,
)


def _jump_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, says: str, n: int, size: int, **given: Any) -> Case:
        inputs = {
            "lambda_V": array(_numbers(rng, 0.3, 1, size)),
            "lambda_I": array(_numbers(rng, -1, -0.3, size)),
            "weights": array(_others(rng, size, n)),
            "n": n,
            "current": decimals(rng, 1.6, 3),
            "threshold": 1,
        }
        return Case(criterion, says, inputs | given)

    # What a criterion does not ask for is made nothing: no weights, a lambda_V of 0, a threshold of 1, no synapse on
    # itself. So a slip costs its own criterion.
    for n in (1, 0):
        size = rng.randint(3, 4)
        yield case("reset", f"nobody hears it, {size} neurons", n, size, weights=array([0.0] * size))
    yield case("reset", "nobody hears it, and its lambda_V is 0", 0, 3, lambda_V=array([0.0, 1.0, 2.0]), weights=_NONE)
    many = rng.randint(4, 6)
    for n, size, which in ((1, 4, "second"), (many - 1, many, "last")):
        lambda_V = _numbers(rng, 0.3, 1, size)
        lambda_V[n] = 0.0
        says = f"{size} neurons, the {which} spikes, its own lambda_V is 0"
        yield case("heard", says, n, size, lambda_V=array(lambda_V))
    for n in (2, 0):
        weights = [0.0] * 4
        weights[n] = decimals(rng, 0.8, 2)
        yield case("itself", "a neuron that hears itself alone", n, 4, weights=array(weights))
    for threshold in (decimals(rng, 0.5, 0.8), decimals(rng, 1.3, 1.8)):
        of = {"threshold": threshold, "current": round(threshold + decimals(rng, 0.6, 2), 3)}
        yield case("threshold", f"threshold = {threshold}", 1, 3, **of)
    for above in (0.02, 0.01):
        yield case("edges", "a current only just above the threshold", 0, 3, current=1 + above)
    two = {"lambda_V": array([1.0, 2.0]), "lambda_I": array([0.5, 0.5]), "weights": array([0.0, -1.0])}
    yield Case("edges", "two neurons", two | {"n": 0, "current": 3, "threshold": 1})


_NONE = array([0.0, 0.0, 0.0])


def _others(rng: Random, size: int, n: int) -> list:
    """Weights from neuron n to others, none of them small, none to itself."""
    return [0.0 if m == n else rng.choice([-1, 1]) * decimals(rng, 0.5, 2) for m in range(size)]


_FELT = "felt = np.dot(weights, before - lambda_I)"
_JUMP = "before[n] += (threshold * before[n] + felt) / (current - threshold)"


def _jumps(how: str) -> Changes:
    return ((_JUMP, how),)


def _hears(what: str) -> Changes:
    return ((_FELT, f"felt = {what}"),)


JUMP = Exercise(
    name="jump",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("reset", 2, "accounts for the voltage that is lost at the reset"),
        Criterion("heard", 2, "adds what the others feel when the spike moves"),
        Criterion("itself", 1, "counts the neuron itself among those that hear it"),
        Criterion("threshold", 1, "works for any threshold"),
        Criterion("edges", 1, "works where the current hardly exceeds the threshold"),
    ),
    cases=_jump_cases,
    axes=("neuron", "lambda_V before the spike"),
    places=("neuron",),
    misconceptions=(
        Misconception(
            "sign",
            "The jump has the wrong sign. More voltage makes the spike come *earlier*, and there is a second minus in "
            "lambda = -(1/tau_m) dL/dV: the two cancel.",
            _jumps("before[n] -= (threshold * before[n] + felt) / (current - threshold)"),
            also=(
                _jumps("before[n] = -(current * before[n] + felt) / (current - threshold)"),
                _jumps("before[n] = -(threshold * before[n] + felt) / (current - threshold)"),
            ),
        ),
        Misconception(
            "reset_forgotten",
            "What the others feel is there, but not that the neuron's own voltage is reset: the term theta lambda_V.",
            _jumps("before[n] += felt / (current - threshold)"),
        ),
        Misconception(
            "nobody_hears",
            "Only the reset is there. The spike also changes the currents of all neurons that hear it, and it matters "
            "to them when it comes.",
            _hears("0.0"),
        ),
        Misconception(
            "divided_by_the_current",
            "The result is divided by the current. At the threshold the voltage rises with (I - theta) / tau_m, not "
            "with I / tau_m: the leak is largest there.",
            _jumps("before[n] += (threshold * before[n] + felt) / current"),
            also=(_jumps("before[n] = (current * before[n] + felt) / current"),),
        ),
        Misconception(
            "not_divided",
            "The division by I - theta is missing: how much earlier a spike comes depends on how steeply the voltage "
            "meets the threshold.",
            _jumps("before[n] += threshold * before[n] + felt"),
            also=(
                _jumps("before[n] = current * before[n] + felt"),
                _jumps("before[n] += threshold * before[n] / (current - threshold) + felt"),
                _jumps("before[n] += threshold * before[n] + felt / (current - threshold)"),
            ),
        ),
        Misconception(
            "multiplied",
            "The result is multiplied by I - theta. The more steeply the voltage meets the threshold, the less the "
            "spike moves: divide.",
            _jumps("before[n] += (threshold * before[n] + felt) * (current - threshold)"),
        ),
        Misconception(
            "current_after_the_jump_too",
            "The factor of lambda_V is I / (I - theta) in all. Here it is larger by one: theta / (I - theta) is what "
            "is added to the lambda_V from after the spike.",
            _jumps("before[n] += (current * before[n] + felt) / (current - threshold)"),
        ),
        Misconception(
            "replaced",
            "This is the jump alone. It has to be added to the lambda_V from after the spike.",
            _jumps("before[n] = (threshold * before[n] + felt) / (current - threshold)"),
            also=(_jumps("before[n] = felt / (current - threshold)"),),
        ),
        Misconception(
            "currents_only",
            "Only lambda_I of the neurons that hear the spike is used, as for a weight. When a spike *moves*, the "
            "voltages that it charges count as well: lambda_V - lambda_I.",
            _hears("-np.dot(weights, lambda_I)"),
            also=(_hears("np.dot(weights, lambda_I)"),),
        ),
        Misconception(
            "voltages_only",
            "Only lambda_V of the neurons that hear the spike is used. When a spike moves, what it leaves in their "
            "currents counts as well: lambda_V - lambda_I.",
            _hears("np.dot(weights, before)"),
        ),
        Misconception(
            "currents_minus_voltages",
            "You use lambda_I - lambda_V. In how the loss changes with the time of a spike, it is the other way round.",
            _hears("np.dot(weights, lambda_I - before)"),
        ),
        Misconception(
            "currents_plus_voltages",
            "You use lambda_V + lambda_I. In how the loss changes with the time of a spike, it is their difference.",
            _hears("np.dot(weights, lambda_I + before)"),
        ),
        Misconception(
            "without_weights",
            "What each neuron feels is not weighted. A neuron hears the spike through its synapse: multiply by its "
            "weight.",
            _hears("np.sum(before - lambda_I)"),
            also=(
                _hears("np.sum((before - lambda_I)[np.asarray(weights) != 0])"),
                _hears("np.mean(before - lambda_I)"),
            ),
        ),
        Misconception(
            "size_of_the_weights",
            "The signs of the weights are lost. A neuron that hears the spike through an inhibitory synapse feels the "
            "opposite.",
            _hears("np.dot(np.abs(weights), before - lambda_I)"),
        ),
        Misconception(
            "mean_of_who_hears",
            "What the others feel is averaged. It should be added up.",
            _hears("np.mean(np.asarray(weights) * (before - lambda_I))"),
        ),
        Misconception(
            "its_own_lambdas",
            "The weights are multiplied by the lambdas of the neuron that spikes. Each neuron that hears the spike "
            "has lambdas of its own.",
            _hears("np.sum(weights) * (before[n] - lambda_I[n])"),
        ),
        Misconception(
            "not_itself",
            "The neuron itself is left out of the sum. If it has a synapse onto itself, it hears its own spike like "
            "any other neuron.",
            ((_FELT, f"{_FELT} - weights[n] * (before[n] - lambda_I[n])"),),
        ),
        Misconception(
            "itself_after_the_jump",
            "The neuron that hears itself is given its new lambda_V. Everything that is heard is felt after the "
            "spike: take the lambdas from there before you change any.",
            _jumps(
                "before[n] *= current / (current - threshold)\n    "
                "before[n] += np.dot(weights, before - lambda_I) / (current - threshold)"
            ),
            also=(
                _jumps(
                    "before[n] += threshold * before[n] / (current - threshold)\n    "
                    "before[n] += np.dot(weights, before - lambda_I) / (current - threshold)"
                ),
            ),
        ),
        Misconception(
            "lifted_by_itself",
            "The current with its own spike in it is used, I + w_nn. The neuron starts again with the current from "
            "before its spike; that it hears itself is already in the sum.",
            _jumps("before[n] = ((current + weights[n]) * before[n] + felt) / (current - threshold)"),
            also=(
                _jumps("before[n] += (threshold * before[n] + felt) / (current + weights[n] - threshold)"),
                _jumps(
                    "current = current + weights[n]; before[n] = (current * before[n] + felt) / (current - threshold)"
                ),
            ),
        ),
        Misconception(
            "threshold_typed_in",
            "The threshold is taken as 1. It comes as an argument.",
            _jumps("before[n] += (before[n] + felt) / (current - 1)"),
            also=(
                _jumps("before[n] += (before[n] + felt) / (current - threshold)"),
                _jumps("before[n] += (threshold * before[n] + felt) / (current - 1)"),
            ),
        ),
        Misconception(
            "all_jump",
            "lambda_V of all neurons jumps here. Only the neuron that spikes has a voltage that jumps: the others keep "
            "theirs.",
            _jumps("before += (threshold * before[n] + felt) / (current - threshold)"),
            also=(_jumps("before += (threshold * before + felt) / (current - threshold)"),),
        ),
        Misconception(
            "only_the_jump_itself",
            "Only lambda_V of the neuron that spikes is returned. The exercise asks for those of all neurons: the "
            "others keep theirs.",
            (("return before", "return before[n]"),),
        ),
        Misconception(
            "reset_to_nothing",
            "lambda_V of the neuron is lost at the spike, as if nothing after it could be felt before it. What passes "
            "through the spike is its time.",
            _jumps("before[n] = 0.0"),
        ),
    ),
    seconds=5,
)


def _push_cases(rng: Random) -> Iterator[Case]:
    def case(criterion: str, shape: str, says: str, voltage: list, dt: float) -> Case:
        inputs = {"voltage": array(voltage), "target": rng.randrange(len(voltage[0])), "dt": dt, "shape": shape}
        return Case(criterion, f"{shape}, {says}", inputs)

    for shape in ("average", "sum", "weighted", "max"):
        yield case(shape, shape, "three outputs", _numbers(rng, -1.5, 1.5, 12, 3), 1)
        longer = _numbers(rng, -1.5, 1.5, rng.randint(16, 24), rng.randint(4, 5))
        yield case(shape, shape, "dt = 0.5 ms", longer, 0.5)
    for _ in range(2):
        top = decimals(rng, 0.5, 0.9)
        twice = [[0, 0, 0], [top, 0.25, 0.1], [0.1, 0.25, 0.4], [top, 0.1, 0.3]]
        yield case("max", "max", "reached twice", twice, 1)
    for shape in ("average", "sum", "weighted", "max"):
        # One step of 1 ms, where all four are the same: it is the exponentials alone that may fail.
        for middle in (900, -900):
            far = [round(middle + decimals(rng, -1, 1), 3) for _ in range(4)]
            yield case("large", shape, f"one step, voltages about {middle}", [far], 1)
        far = [900.0, -900.0, round(900 + decimals(rng, -1, 1), 3)]
        yield case("large", shape, "one step, one voltage far below the others", [far], 1)


_UNIFORM = "weights = np.full(voltage.shape, 1 / (n_steps * dt))"
_EXPONENTIAL = "weights *= np.exp(-np.arange(n_steps) / n_steps)[:, None]"
_LARGEST = "weights = (np.arange(n_steps)[:, None] == voltage.argmax(axis=0)) / dt"
_SCORES = "(weights * voltage * dt).sum(axis=0, keepdims=True)"
_PUSH = "return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))"
_ODDS = "odds = np.exp(scores - scores.max(axis=1, keepdims=True))"


def _falling(weights: str) -> Changes:
    return ((_EXPONENTIAL, f"weights *= ({weights})[:, None]"),)


def _only(shape: str, push: str) -> Changes:
    """Another push for one shape."""
    usual = _PUSH.removeprefix("return ")
    return (
        (
            _PUSH,
            f'error = {usual} / np.where(weights, weights, 1)\n    return {push} if shape == "{shape}" else {usual}',
        ),
    )


def _over_time(odds: str) -> Changes:
    """A softmax over the steps, for the average alone."""
    return (
        (
            _PUSH,
            f'if shape == "average":\n        odds = {odds}\n        odds = odds / odds.sum(axis=0)\n'
            "        return weights * (np.eye(n_outputs)[target] - odds)\n    "
            f"{_PUSH}",
        ),
    )


LOSS_PUSH = Exercise(
    name="loss_push",
    module=adjoint,
    probe="call",
    criteria=(
        Criterion("average", 2, "pushes each step by its own loss for the average"),
        Criterion("sum", 1, "pushes all steps alike for the sum"),
        Criterion("weighted", 2, "pushes early steps more for the weighted sum"),
        Criterion(
            "max", 2, "pushes only the highest step of each output for the maximum, the first if there are several"
        ),
        Criterion("large", 1, "works for voltages whose exponential is infinite or zero: no nan"),
    ),
    cases=_push_cases,
    axes=("step", "push"),
    places=("step", "output"),
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
            "others_only",
            "The target is missing: it is pushed up by 1 minus its share, and not down like the others.",
            ((_PUSH, "return -weights * odds / odds.sum(axis=1, keepdims=True)"),),
            also=(((_PUSH, "return weights * odds / odds.sum(axis=1, keepdims=True)"),),),
        ),
        Misconception(
            "no_softmax",
            "The scores are compared as they are, without softmax: its exponentials, each divided by their sum, are "
            "missing.",
            ((_PUSH, "return weights * (np.eye(n_outputs)[target] - scores)"),),
            also=(
                ((_PUSH, "return weights * (np.eye(n_outputs)[target] - odds)"),),
                ((_PUSH, "return weights * (np.eye(n_outputs)[target] - scores / scores.sum(axis=1, keepdims=True))"),),
                ((_PUSH, "return weights * (np.eye(n_outputs)[target] - 1 / (1 + np.exp(-scores)))"),),
            ),
        ),
        Misconception(
            "softmax_over_time",
            "The softmax runs over the steps. It is the outputs that compete, the last axis.",
            _over_time("np.exp(voltage - voltage.max(axis=0))"),
            also=(
                _over_time("np.exp(voltage)"),
                ((_PUSH, "return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=0, keepdims=True))"),),
            ),
        ),
        Misconception(
            "softmax_over_all",
            "The softmax runs over steps and outputs together. Each step has a softmax of its own, over the outputs.",
            ((_PUSH, _PUSH.replace("odds.sum(axis=1, keepdims=True)", "odds.sum()")),),
            also=(
                (
                    (
                        _PUSH,
                        _PUSH.replace(
                            "odds / odds.sum(axis=1, keepdims=True)",
                            "np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()",
                        ),
                    ),
                ),
            ),
        ),
        Misconception(
            "target_from_one",
            "The outputs are counted from 1. The target is counted from 0.",
            ((_PUSH, _PUSH.replace("[target]", "[target - 1]")),),
        ),
        Misconception(
            "average_added_up",
            'The losses of all steps are added up, not averaged: the push of "average" has to be divided by the '
            "duration T = N dt.",
            _only("average", "error"),
        ),
        Misconception(
            "weight_not_passed_on",
            "Early steps count more in the score, but their push is the same as that of late ones. By the chain rule "
            "the factor exp(-t/T) multiplies the push as well.",
            _only("weighted", "error / (n_steps * dt)"),
        ),
        Misconception(
            "weight_not_in_the_score",
            "Early steps are pushed more, but in the score all of them count alike. exp(-t/T) belongs in both.",
            (
                (
                    _SCORES,
                    f'(voltage.mean(axis=0, keepdims=True) if shape == "weighted" else {_SCORES})',
                ),
            ),
        ),
        Misconception(
            "late_counts_more",
            "Late steps count more here. The weight falls, from 1 at step 0.",
            _falling("np.exp(np.arange(n_steps) / n_steps)"),
            also=(
                _falling("np.exp(-np.arange(n_steps)[::-1] / n_steps)"),
                _falling("(1 - np.exp(-np.arange(n_steps) / n_steps))"),
            ),
        ),
        Misconception(
            "counted_from_one",
            "The weight of step n is that of step n + 1: steps count from 0, and step 0 has the weight 1.",
            _falling("np.exp(-np.arange(1, n_steps + 1) / n_steps)"),
        ),
        Misconception(
            "steps_and_milliseconds",
            "The exponent mixes steps and milliseconds. It is n dt / T, or n / N.",
            _falling("np.exp(-np.arange(n_steps) / (n_steps * dt))"),
            also=(_falling("np.exp(-np.arange(n_steps) * dt / n_steps)"),),
        ),
        Misconception(
            "weights_made_to_sum_to_one",
            "The weights exp(-t/T) are divided by their sum. They should be divided by T: the score is the sum of V "
            "exp(-t/T) dt / T.",
            _falling("np.exp(-np.arange(n_steps) / n_steps) / np.exp(-np.arange(n_steps) / n_steps).mean()"),
        ),
        Misconception(
            "weighted_by_tau",
            "The weight falls with a time other than the whole duration T = N dt. It should fall to 1/e at the end.",
            _falling("np.exp(-np.arange(n_steps) * dt / 20.0)"),
            also=(
                _falling("np.exp(-np.arange(n_steps) * dt / 5.0)"),
                _falling("np.exp(-np.arange(n_steps) * dt)"),
                _falling("np.exp(-np.arange(n_steps))"),
                _falling("np.exp(-np.arange(n_steps) / (n_steps - 1))"),
                _falling("np.exp(-np.linspace(0, 1, n_steps))"),
            ),
        ),
        Misconception(
            "falls_in_a_line",
            "The weight falls along a straight line. It is exp(-t/T).",
            _falling("(1 - np.arange(n_steps) / n_steps)"),
        ),
        Misconception(
            "max_at_one_step",
            "All outputs are pushed at the step where the target is highest. Each output has a highest step of its "
            "own, and is pushed there.",
            ((_LARGEST, "weights = np.eye(n_steps)[voltage[:, target].argmax()][:, None] / dt * np.ones(n_outputs)"),),
        ),
        Misconception(
            "max_of_all_outputs",
            "All outputs are pushed at the one step where any of them is highest. Each output has a highest step of "
            "its own, and is pushed there.",
            ((_LARGEST, "weights = np.eye(n_steps)[voltage.max(axis=1).argmax()][:, None] / dt * np.ones(n_outputs)"),),
        ),
        Misconception(
            "max_at_all_steps",
            "The score is the largest voltage, but all steps are pushed. Only the step that it comes from can change "
            "it.",
            (
                (
                    _PUSH,
                    f'weights = np.full(voltage.shape, 1 / (n_steps * dt)) if shape == "max" else weights\n    {_PUSH}',
                ),
            ),
            also=(((_PUSH, f'weights = np.full(voltage.shape, 1 / dt) if shape == "max" else weights\n    {_PUSH}'),),),
        ),
        Misconception(
            "max_divided_by_T",
            "The push at the highest step is divided by the whole duration. The score is that voltage and not a mean: "
            "the push per millisecond is divided by dt alone.",
            _only("max", "(weights > 0) * error / (n_steps * dt)"),
            also=(_only("max", "(weights > 0) * error / n_steps"),),
        ),
        Misconception(
            "all_that_are_highest",
            "Where the maximum is reached several times, each of these steps is pushed. Only the first is.",
            (
                (
                    _PUSH,
                    f'weights = (voltage == voltage.max(axis=0)) / dt if shape == "max" else weights\n    {_PUSH}',
                ),
            ),
        ),
        Misconception(
            "last_that_is_highest",
            "Where the maximum is reached several times, the last of these steps is pushed. It should be the first.",
            ((_LARGEST, _LARGEST.replace("voltage.argmax(axis=0)", "n_steps - 1 - voltage[::-1].argmax(axis=0)")),),
        ),
        Misconception(
            "dt_forgotten",
            "This is -dL/dV of one step. The push is per millisecond: divide by dt.",
            ((_PUSH, "return dt * weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))"),),
            also=(
                _only("average", "error / n_steps"),
                _only("sum", "error / n_steps"),
                _only("weighted", "weights * dt * error"),
                _only("max", "(weights > 0) * error"),
            ),
        ),
        Misconception(
            "not_a_mean",
            "The sums are not divided by the duration T, so the scores grow with it. They should be means over time.",
            ((_UNIFORM, "weights = np.ones(voltage.shape)"),),
            also=(((_UNIFORM, "weights = np.full(voltage.shape, 1 / dt)"),),),
        ),
        Misconception(
            "score_added_up",
            "The score is added up and not divided by the duration, so it grows with it: the softmax needs the mean "
            "over time.",
            ((_SCORES, f'{_SCORES} * (1 if shape == "max" else n_steps)'),),
            also=(((_SCORES, f'{_SCORES} * (1 if shape == "max" else n_steps * dt)'),),),
        ),
        Misconception(
            "no_chain_rule",
            'The softmax is that of the score, but what it passes on to each step is missing: the push of "sum" and '
            '"weighted" is divided by the duration T as well.',
            (
                (
                    _PUSH,
                    f'weights = weights * n_steps * (1 if shape in ("sum", "weighted") else 1 / n_steps)\n    {_PUSH}',
                ),
            ),
            also=(
                _only("sum", "error"),
                _only("sum", "error / dt"),
                _only("weighted", "weights * n_steps * dt * error"),
            ),
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
4. *What to learn from it for practice.* Any of these: test a gradient against something that must hold exactly (a
   symmetry, finite differences); halve dt before believing a small effect; a systematic error of one sign, though
   small, adds up over many spikes and steps of training, where a random one would not.

"The exact method is more accurate" alone: ½ for point 3.""",
)

BLIND_SPOT = Essay(
    name="blind_spot",
    points=5,
    scheme="""\
One point each:

1. *What exact means.* The gradient is exact as long as the same spikes occur: it knows how they move.
2. *What it cannot know.* That a spike appears or vanishes: the loss jumps there, and no slope says anything about a
   jump. A silent neuron has gradient 0 for all its incoming weights: nothing brings it back.
3. *How it removes spikes with the average loss.* In the silence after the last spike the loss is that of guessing; each
   step asks for voltage there, so the last spikes are pushed later. Later means a weaker drive: incoming weights
   shrink, the peak sinks to the threshold, and the spike is gone, which the gradient did not foresee.
4. *Why the plain sum does not help.* Its push is the same all the time, so moving a spike in the middle changes
   nothing: lambda_V = lambda_I, and only spikes near the end of the recording feel anything.
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
