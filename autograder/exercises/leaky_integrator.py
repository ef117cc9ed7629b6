"""The exercises of the chapter on the leaky integrator."""

from collections.abc import Iterator
from random import Random

import solutions.leaky_integrator as leaky_integrator
from autograder.exercises import Case, Chapter, Criterion, Essay, Exercise, Misconception, decimals
from autograder.probes import array, as_list


def _signal(rng: Random, steps: int, channels: int = 0) -> list:
    """A changing current between -1 and 1: (steps,), or (steps, channels)."""
    if channels:
        return [[decimals(rng, -1, 1) for _ in range(channels)] for _ in range(steps)]
    return [decimals(rng, -1, 1) for _ in range(steps)]


def _input_data_cases(rng: Random) -> Iterator[Case]:
    yield Case("long", "counted up to 1000", {"up_to": 1000})
    yield Case("ones", "the smallest and the largest value", {})


INPUT_DATA = Exercise(
    name="input_data",
    module=leaky_integrator,
    probe="itself",
    measure="steps",
    criteria=(
        Criterion("long", 1, "has at least 1000 steps"),
        Criterion("ones", 1, "is 1 at every step"),
    ),
    cases=_input_data_cases,
    misconceptions=(
        Misconception(
            "zeros",
            "A current of 0 leaves the membrane where it starts, at 0: there would be nothing to see. "
            "The current is switched on, at 1, and stays on.",
            (("np.ones(1000)", "np.zeros(1000)"),),
        ),
        Misconception(
            "counts",
            "These are the step numbers, not the current at each step: the current is the same 1 at every step.",
            (("np.ones(1000)", "np.arange(1000)"),),
            also=((("np.ones(1000)", "np.arange(1, 1001)"),),),
        ),
        Misconception(
            "off_somewhere",
            "The smallest value is 0 and the largest 1: somewhere the current is off. It is switched on before the "
            "first step and stays on, so it is 1 at every step.",
            (("np.ones(1000)", "np.concatenate([np.zeros(10), np.ones(1000)])"),),
        ),
        Misconception(
            "one_too_few",
            "There are 999 values, one too few. Mind that range(a, b) ends before b.",
            (("np.ones(1000)", "np.ones(999)"),),
        ),
        Misconception(
            "a_function",
            "This is a function, not what it would return. Call it, or make the list or array directly: input_data is "
            "the current itself.",
            (("np.ones(1000)", "lambda: np.ones(1000)"),),
        ),
        Misconception(
            "a_generator",
            "A generator can be read only once, and has no length. Put its values into a list or an array.",
            (("np.ones(1000)", "(1 for _ in range(1000))"),),
        ),
        Misconception(
            "single_number",
            "One number is the current at one moment. The neuron is fed a current at each of 1000 steps, "
            "so a list or an array of 1000 values is needed.",
            (("np.ones(1000)", "1.0"),),
        ),
    ),
    seconds=5,
)


def _leaky_integrator_cases(rng: Random) -> Iterator[Case]:
    steps = rng.randint(24, 40)
    current, tau = decimals(rng, 1.2, 2), decimals(rng, 2, 20)
    yield Case("charges", "ones, tau = 10", {"input_data": array([1.0] * 30), "tau": 10})
    yield Case("charges", "300 ones, tau = 80", {"input_data": array([1.0] * 300), "tau": 80})
    yield Case("charges", f"a constant current, tau = {tau}", {"input_data": array([current] * steps), "tau": tau})
    tau = decimals(rng, 3, 20)
    yield Case("follows", f"a changing current, tau = {tau}", {"input_data": array(_signal(rng, steps)), "tau": tau})
    pulse = [decimals(rng, -2, -0.5)] * 8 + [0.0] * 16
    pulse_tau = decimals(rng, 2, 9)
    yield Case("follows", "a negative pulse, then nothing", {"input_data": array(pulse), "tau": pulse_tau})
    yield Case("edges", "a single step", {"input_data": array([decimals(rng, 0.5, 2)]), "tau": decimals(rng, 2, 20)})
    yield Case("edges", "tau = 1", {"input_data": array(_signal(rng, 6)), "tau": 1})
    tau = decimals(rng, 0.6, 0.9)
    yield Case("edges", f"tau = {tau}, less than a step", {"input_data": array(_signal(rng, 6)), "tau": tau})
    whole = [rng.randint(2, 60) for _ in range(16)]
    yield Case("edges", "whole numbers as input", {"input_data": array(whole), "tau": decimals(rng, 2, 5)})
    yield Case(
        "edges", "1100 steps", {"input_data": array([decimals(rng, 1, 2)] * 1100), "tau": decimals(rng, 100, 200)}
    )
    yield Case("edges", "a list", {"input_data": as_list(_signal(rng, 6)), "tau": decimals(rng, 2, 5)})
    for channels in (2, rng.randint(3, 6)):
        tau = decimals(rng, 2, 12)
        says = f"{channels} channels, tau = {tau}"
        yield Case("channels", says, {"input_data": array(_signal(rng, 15, channels)), "tau": tau})
    yield Case("channels", "one step of 3 channels", {"input_data": array(_signal(rng, 1, 3)), "tau": 4})


def _of_any_step(step: str) -> tuple[Misconception, ...]:
    """What goes wrong around a step, whichever it is: where it starts, what is kept, and along which axis."""
    current, start, end = "np.asarray(input_data, dtype=float)", "np.zeros(current.shape[1:])", "return membrane"
    return (
        Misconception(
            "starts_with_zero",
            "There is one value too many: the start v = 0 is in your list. "
            "Return the voltage after each step, T values for T inputs.",
            ((end, "return np.concatenate([0 * membrane[:1], membrane])"),),
        ),
        Misconception(
            "only_last",
            "Only the last voltage is returned. Keep the voltage after every step, and return them all.",
            ((end, "return v"),),
        ),
        Misconception(
            "only_first",
            "Only the first voltage is returned. Keep the voltage after every step, and return them all once the loop "
            "has ended: a return inside the loop ends it after one step.",
            ((end, "return membrane[:1]"),),
            also=(((end, "return membrane[0]"),),),
        ),
        Misconception(
            "first_and_then_nothing",
            "Only the first voltage is there, and zeros after it. Keep the voltage after every step: a return inside "
            "the loop ends it after one step.",
            ((end, "return np.concatenate([membrane[:1], 0 * membrane[1:]])"),),
        ),
        Misconception(
            "one_step_late",
            "Every voltage comes one step late, and the first is still 0. What you return for a step is the voltage "
            "after it: the current of this step has already moved the voltage.",
            ((f"{step}\n        membrane[n] = v", f"membrane[n] = v\n        {step}"),),
        ),
        Misconception(
            "one_step_early",
            "Every voltage follows the current of the next step. The current in step n is input_data[n], from the "
            "first step on.",
            ((current, f"np.roll({current}, -1, axis=0)"),),
            also=(
                ((current, f"np.concatenate([{current}[1:], 0 * {current}[:1]])"),),
                ((current, f"np.concatenate([{current}[1:], {current}[-1:]])"),),
            ),
        ),
        Misconception(
            "starts_at_input",
            "The membrane starts at the first input here. It starts at rest, v = 0, and has to charge from there.",
            ((start, "current[0]"),),
        ),
        Misconception(
            "starts_at_one",
            "The membrane starts at 1 here. It starts at rest, v = 0, and has to charge from there.",
            ((start, "np.ones(current.shape[1:])"),),
        ),
        Misconception(
            "across_channels",
            "You step through the channels instead of through time. Time comes first: input_data[n] is the current "
            "of all channels at step n.",
            ((current, f"{current}.T"), (end, "return membrane.T")),
        ),
        Misconception(
            "channels_added",
            "The channels are added into one membrane. Each channel has a voltage of its own: (T, N) in, (T, N) out.",
            ((current, f"{current}.reshape(len(input_data), -1).sum(axis=1)"),),
            also=(
                (
                    (
                        end,
                        "return membrane if membrane.ndim == 1 else membrane.sum(axis=1, keepdims=True) + 0 * membrane",
                    ),
                ),
            ),
        ),
        Misconception(
            "channels_averaged",
            "All channels have the same voltage, that of their mean current. Each channel has a voltage of its own.",
            ((end, "return membrane if membrane.ndim == 1 else membrane.mean(axis=1, keepdims=True) + 0 * membrane"),),
            also=(((current, f"{current}.reshape(len(input_data), -1).mean(axis=1)"),),),
        ),
        Misconception(
            "one_voltage_for_all_channels",
            "One channel carries on from the voltage of another. Each channel has a voltage of its own, which starts "
            "at 0.",
            ((current, f"{current}.T.reshape(-1)"), (end, "return membrane.reshape(np.shape(input_data)[::-1]).T")),
            also=(((current, f"{current}.reshape(-1)"), (end, "return membrane.reshape(np.shape(input_data))")),),
        ),
        Misconception(
            "same_array_for_channels",
            "With several channels every row shows the last voltage: `v += ...` changes the one array that you stored "
            "each time. Write v = v + ..., or store a copy.",
            ((end, "return membrane if membrane.ndim == 1 else membrane * 0 + v"),),
        ),
        Misconception(
            "same_array",
            "Every value is the last voltage: `v += ...` changes the one array that you stored each time. "
            "Write v = v + ..., or store a copy.",
            ((end, "return membrane * 0 + v"),),
        ),
        Misconception(
            "whole_numbers_stored",
            "With whole numbers as input your voltages are cut to whole numbers too: an array made like the input "
            "(np.zeros_like) inherits its integer type. Ask for dtype=float.",
            (("np.empty_like(current)", "np.empty_like(np.asarray(input_data))"),),
        ),
        Misconception(
            "whole_numbers",
            "With whole numbers as input the voltage itself is cut to a whole number at each step: an array made like "
            "the input (np.zeros_like) inherits its integer type. Ask for dtype=float.",
            ((step, f"{step}\n        v = np.asarray(v).astype(np.asarray(input_data).dtype)"),),
        ),
    )


_EULER_STEP = "v = v + (i - v) / tau"

LEAKY_INTEGRATOR = Exercise(
    name="leaky_integrator",
    module=leaky_integrator,
    probe="call",
    criteria=(
        Criterion("charges", 3, "charges towards a constant current at the right pace"),
        Criterion("follows", 2, "follows a changing current, below zero too, and leaks when it is gone"),
        Criterion(
            "edges", 1, "works for one step and for 1100, for a tau of 1 and below, for whole numbers, and for a list"
        ),
        Criterion("channels", 2, "keeps (T, N) channels apart, time first"),
    ),
    cases=_leaky_integrator_cases,
    axes=("step", "membrane voltage v"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "double_tau",
            "The time constant counts twice here. f(v) = (i - v)/tau already holds 1/tau, so the step h "
            "that multiplies it is one, not another 1/tau: your membrane needs tau times too many steps to charge.",
            ((_EULER_STEP, "v = v + (i - v) / tau / tau"),),
        ),
        Misconception(
            "always_one_tau",
            "The voltage moves at the same pace whatever tau is. Is a time constant written into the function, or "
            "taken from outside? Use the tau that it is given.",
            ((_EULER_STEP, "v = v + (i - v) / 10"),),
            also=tuple(((_EULER_STEP, f"v = v + (i - v) / {tau}"),) for tau in (2, 5, 20, 30, 40, 50, 80, 100)),
        ),
        Misconception(
            "new_current_leaks",
            "The current of a step already leaks in that same step. Both terms of (i - v)/tau belong to the start of "
            "the step: if you add the current first and then let the sum leak, the second term uses another v.",
            ((_EULER_STEP, "v = v + i / tau; v = v - v / tau"),),
            also=(((_EULER_STEP, "v = v + i; v = v - v / tau"),),),
        ),
        Misconception(
            "whole_division",
            "The change of the voltage is rounded down to a whole number. // divides and rounds down; / divides.",
            ((_EULER_STEP, "v = v + (i - v) // tau"),),
            also=(((_EULER_STEP, "v = v + i // tau - v // tau"),),),
        ),
        Misconception(
            "leak_unscaled",
            "This is the current divided by tau: nothing is left of the voltage before. A fraction 1/tau of it leaks "
            "in a step, so 1/tau multiplies the whole bracket: v + (i - v)/tau.",
            ((_EULER_STEP, "v = v + i / tau - v"),),
        ),
        Misconception(
            "never_below_zero",
            "The voltage is not allowed below 0 here. A negative current pulls it there.",
            ((_EULER_STEP, "v = np.maximum(v + (i - v) / tau, 0)"),),
            also=(
                (("np.asarray(input_data, dtype=float)", "np.maximum(np.asarray(input_data, dtype=float), 0)"),),
                (("return membrane", "return np.maximum(membrane, 0)"),),
            ),
        ),
        Misconception(
            "moving_average",
            "This is the mean of the last currents, or of all so far: each counts equally, and then not at all. A "
            "membrane forgets bit by bit: in each step it closes a fraction 1/tau of its distance to the current.",
            ((_EULER_STEP, "v = current[: n + 1].mean(axis=0)"),),
            also=(((_EULER_STEP, "v = current[max(0, n + 1 - round(tau)) : n + 1].mean(axis=0)"),),),
        ),
        Misconception(
            "no_leak",
            "This integrates but never leaks: the voltage keeps climbing as long as there is current. "
            "What drives the membrane is the distance (i - v), not i alone.",
            ((_EULER_STEP, "v = v + i / tau"),),
        ),
        Misconception(
            "sum_of_inputs",
            "This adds up the currents: nothing leaks, and tau is not used. In each step the voltage closes a "
            "fraction 1/tau of its distance to the current.",
            ((_EULER_STEP, "v = v + i"),),
        ),
        Misconception(
            "leak_feeds",
            "The leak has the wrong sign: with (i + v) the voltage feeds itself and runs away. "
            "It has to pull v back: (i - v).",
            ((_EULER_STEP, "v = v + (i + v) / tau"),),
        ),
        Misconception(
            "wrong_sign",
            "The difference is the wrong way round: with (v - i) the voltage runs away from its input. A membrane "
            "moves towards the current: (i - v).",
            ((_EULER_STEP, "v = v + (v - i) / tau"),),
        ),
        Misconception(
            "forgets_itself",
            "(i - v)/tau is the change of the voltage, not the voltage. Add it to the v of the step before.",
            ((_EULER_STEP, "v = (i - v) / tau"),),
        ),
        Misconception(
            "tau_multiplies",
            "tau is used as the rate here, but it is a time: the larger tau, the slower the membrane. "
            "Divide by tau instead of multiplying.",
            ((_EULER_STEP, "v = v + (i - v) * tau"),),
        ),
        Misconception(
            "tau_as_decay",
            "tau is used here as the factor by which the voltage is multiplied in a step, v = tau v + i. That factor "
            "is 1 - 1/tau, which is below one; tau itself is a number of steps.",
            ((_EULER_STEP, "v = tau * v + i"),),
        ),
        Misconception(
            "input_unscaled",
            "Only the leak is divided by tau, so the membrane settles at tau times the input. 1/tau multiplies the "
            "whole bracket: (i - v)/tau.",
            ((_EULER_STEP, "v = v + i - v / tau"),),
        ),
        Misconception(
            "exponential_decay",
            "The voltage decays by exp(-1/tau) here, the factor of the exact solution, and the input is added whole "
            "or divided by tau. The exercise asks for Euler's step, v + (i - v)/tau: it keeps 1 - 1/tau.",
            ((_EULER_STEP, "v = v * np.exp(-1 / tau) + i"),),
            also=(((_EULER_STEP, "v = v * np.exp(-1 / tau) + i / tau"),),),
        ),
        Misconception(
            "exact_step",
            "This is the exact solution, and better than what was asked for: it is the next exercise. Here the point "
            "is Euler's step, v + (i - v)/tau, with the error it makes.",
            ((_EULER_STEP, "v = i + (v - i) * np.exp(-1 / tau)"),),
        ),
        Misconception(
            "backward_euler",
            "The slope is taken at the end of the step (backward Euler). Take it where the step starts: "
            "the v on the right-hand side is the old one.",
            ((_EULER_STEP, "v = (tau * v + i) / (tau + 1)"),),
        ),
        *_of_any_step(_EULER_STEP),
    ),
    seconds=5,
)


def _exact_cases(rng: Random) -> Iterator[Case]:
    tau = decimals(rng, 5, 20)
    yield Case("unit_step", "ones, tau = 10, dt = 1", {"input_data": [1.0] * 20, "tau": 10, "dt": 1})
    changing = array(_signal(rng, 20))
    yield Case("unit_step", f"a changing current, tau = {tau}, dt = 1", {"input_data": changing, "tau": tau, "dt": 1})
    for ratio in (decimals(rng, 0.02, 0.08), decimals(rng, 0.2, 0.5), decimals(rng, 1.2, 1.9), decimals(rng, 2.5, 5)):
        tau = decimals(rng, 2, 20)
        inputs = {"input_data": array(_signal(rng, 12)), "tau": tau, "dt": round(ratio * tau, 3)}
        yield Case("any_step", f"dt = {inputs['dt']} with tau = {tau}", inputs)
    yield Case("edges", "a single step", {"input_data": [decimals(rng, -2, -1)], "tau": 3, "dt": 2})
    yield Case("edges", "steps of no length", {"input_data": array(_signal(rng, 4)), "tau": 3, "dt": 0})
    long = {"input_data": array([decimals(rng, 1, 2)] * 1100), "tau": 40, "dt": 0.125}
    yield Case("edges", "1100 steps", long)
    whole = [rng.randint(2, 60) for _ in range(16)]
    yield Case("edges", "whole numbers as input", {"input_data": array(whole), "tau": 4, "dt": 1.5})
    for channels in (2, rng.randint(3, 5)):
        dt = decimals(rng, 0.2, 3)
        inputs = {"input_data": array(_signal(rng, 10, channels)), "tau": 5, "dt": dt}
        yield Case("channels", f"{channels} channels, dt = {dt}", inputs)


_EXACT_STEP = "v = i + (v - i) * decay"
_DECAY = "np.exp(-dt / tau)"

EXACT_LEAKY_INTEGRATOR = Exercise(
    name="exact_leaky_integrator",
    module=leaky_integrator,
    probe="call",
    criteria=(
        Criterion("unit_step", 2, "is exact for steps of one"),
        Criterion("any_step", 2, "is exact for steps of any length, even beyond 2 tau"),
        Criterion("edges", 1, "works for a single step, for steps of length 0, for 1100 steps, and for whole numbers"),
        Criterion("channels", 1, "keeps (T, N) channels apart, time first"),
    ),
    cases=_exact_cases,
    axes=("step", "membrane voltage v"),
    places=("step", "channel"),
    misconceptions=(
        Misconception(
            "euler",
            "This is Euler's step with dt in it. It is exact only in the limit of small dt: "
            "the factor that is kept in a step is exp(-dt/tau), and 1 - dt/tau is its tangent.",
            ((_DECAY, "1 - dt / tau"),),
        ),
        Misconception(
            "growing",
            "The exponent has lost its minus sign: exp(dt/tau) is above one, so the distance to the input grows with "
            "each step.",
            ((_DECAY, "np.exp(dt / tau)"),),
        ),
        Misconception(
            "step_ignored",
            "dt is not used: exp(-1/tau) is right for steps of one only.",
            ((_DECAY, "np.exp(-1 / tau)"),),
        ),
        Misconception(
            "upside_down",
            "The ratio in the exponent is upside down: a longer step must forget more, "
            "so it is dt that is divided by tau.",
            ((_DECAY, "np.exp(-tau / dt)"),),
        ),
        Misconception(
            "swapped_parts",
            "The two parts are swapped. exp(-dt/tau) is the fraction of the distance (v - i) that is left after a "
            "step; the fraction that is gone is 1 - exp(-dt/tau).",
            ((_EXACT_STEP, "v = v + (i - v) * decay"),),
        ),
        Misconception(
            "input_unscaled",
            "The old voltage decays correctly, but the input is added whole. It comes in with weight 1 - "
            "exp(-dt/tau), so that v settles at i.",
            ((_EXACT_STEP, "v = v * decay + i"),),
        ),
        Misconception(
            "half_exact",
            "The leak is exact, but the input still comes in as in Euler's step, with weight dt/tau. "
            "Both belong to one solution: the input's weight is 1 - exp(-dt/tau).",
            ((_EXACT_STEP, "v = v * decay + i * dt / tau"),),
        ),
        Misconception(
            "input_by_length",
            "The old voltage decays correctly, but the input is multiplied by the length of the step. It comes in "
            "with weight 1 - exp(-dt/tau), so that v settles at i.",
            ((_EXACT_STEP, "v = v * decay + i * dt"),),
        ),
        Misconception(
            "input_over_tau",
            "The old voltage decays correctly, but the input comes in with weight 1/tau, however long a step is. Its "
            "weight is 1 - exp(-dt/tau), so that v settles at i.",
            ((_EXACT_STEP, "v = v * decay + i / tau"),),
        ),
        Misconception(
            "nothing_kept",
            "The fraction 1 - exp(-dt/tau) of the distance (i - v) is the change of the voltage, not the voltage. Add "
            "it to the v of the step before.",
            ((_EXACT_STEP, "v = (i - v) * (1 - decay)"),),
        ),
        Misconception(
            "product_in_the_exponent",
            "dt and tau are multiplied in the exponent: the larger tau, the slower the voltage must change. The "
            "exponent holds dt divided by tau.",
            ((_DECAY, "np.exp(-dt * tau)"),),
        ),
        Misconception(
            "time_since_the_start",
            "The exponent grows from step to step, as if it held the time since the start. One step follows the "
            "solution for a time dt only, from where the last one ended: exp(-dt/tau) each time.",
            ((_EXACT_STEP, "v = i + (v - i) * np.exp(-(n + 1) * dt / tau)"),),
            also=(((_EXACT_STEP, "v = i + (v - i) * np.exp(-n * dt / tau)"),),),
        ),
        Misconception(
            "from_zero_each_time",
            "This is i (1 - exp(-t/tau)) with the time since the start, as if the current had always been what it is "
            "now. When the current changes, the voltage goes on from where it is: keep v from step to step.",
            ((_EXACT_STEP, "v = i * (1 - np.exp(-(n + 1) * dt / tau))"),),
        ),
        Misconception(
            "always_one_pace",
            "The voltage moves at the same pace whatever tau and dt are. Compute exp(-dt/tau) inside the function, "
            "from the tau and the dt that it is given.",
            ((_DECAY, "np.exp(-1 / 10)"),),
            also=tuple(((_DECAY, f"np.exp(-{part})"),) for part in (0.01, 0.02, 0.05, 0.2, 0.5, 1)),
        ),
        Misconception(
            "backward_euler",
            "This is Euler's step with the slope at its end (backward Euler). It is exact only in the limit of small "
            "dt: the factor that is kept in a step is exp(-dt/tau).",
            ((_EXACT_STEP, "v = (tau * v + dt * i) / (tau + dt)"),),
        ),
        Misconception(
            "second_order",
            "This is a second-order step: more accurate than Euler's, but still not exact. The factor that is kept in "
            "a step is exp(-dt/tau).",
            ((_DECAY, "1 - dt / tau + (dt / tau) ** 2 / 2"),),
            also=(((_DECAY, "(tau - dt / 2) / (tau + dt / 2)"),),),
        ),
        Misconception(
            "repeated",
            "There are not as many voltages as currents: each current was repeated, as if dt were a number of "
            "steps. There is one step for each current, and it is dt long.",
            (
                (
                    "np.asarray(input_data, dtype=float)",
                    "np.repeat(np.asarray(input_data, dtype=float), max(int(dt), 1), axis=0)",
                ),
                (_DECAY, "np.exp(-1 / tau)"),
            ),
        ),
        Misconception(
            "scaled_twice",
            "The exact factor is multiplied by dt/tau again. exp(-dt/tau) holds the whole step already.",
            ((_EXACT_STEP, "v = v + (i - v) * (1 - decay) * dt / tau"),),
        ),
        Misconception(
            "euler_of_one",
            "This is Euler's step of the exercise before, and dt is not in it. "
            "The factor that is kept in a step of dt is exp(-dt/tau).",
            ((_EXACT_STEP, "v = v + (i - v) / tau"),),
        ),
        Misconception(
            "tau_ignored",
            "tau is not used: exp(-dt) is right for tau = 1 only.",
            ((_DECAY, "np.exp(-dt)"),),
        ),
        *_of_any_step(_EXACT_STEP),
    ),
    seconds=5,
)

NEGATIVE_VOLTAGE = Essay(
    name="negative_voltage",
    points=4,
    scheme="""\
One point each, halves where it says so:

1. *Not a bug, with the cause.* dv/dt = (i − v)/τ is negative whenever i < v, so a negative current pulls v below zero.
   "The current is negative" alone: ½.
2. *The leak works both ways.* Its term −v/τ is positive for v < 0 and brings v back up. "It takes more away": 0.
3. *When she is right, with a reason.* The current is never negative: then each step makes v a weighted mean
   (1 − 1/τ) v + i/τ of numbers that are not negative, with weights that are not negative since τ ≥ 1; or: at v = 0 the
   slope is i/τ ≥ 0. The condition without a reason: ½.
4. *Where the bucket fails.* Zero is the resting level that voltage is measured from, not "empty".

Model answer: No bug. Zero is not an empty membrane, it is the voltage at rest, from which we measure. In (i − v)/τ the
current enters with its sign: while i is below v the slope is negative, and half of the time our current is negative, so
it pulls v through zero. The leak is the term −v/τ. For v > 0 it lowers v, for v < 0 it is positive and raises it: it
does not take away, it brings v back to rest from either side, and the bucket shows only one of the two. You are right
for currents that are never negative: each step makes v a weighted mean of two numbers that are not negative, and from
v = 0 such a mean never gets below zero. For τ < 1 the first weight is negative, and even that fails.""",
)

CHAPTER = Chapter(
    name="leaky_integrator",
    exercises=(INPUT_DATA, LEAKY_INTEGRATOR, EXACT_LEAKY_INTEGRATOR),
    essays=(NEGATIVE_VOLTAGE,),
)
