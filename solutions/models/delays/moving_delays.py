"""Delays in Brian2 2.9: which ways of changing one take effect in a run, and two neurons that learn theirs.

The notebook *Learning delays (v2)* of the COMOB project on sound localisation
(https://comob-project.github.io/snn-sound-localization) has the circuit as a concept, and leaves open how a delay can
move while Brian2 runs. Everything runs with Brian2's numpy target, so no compiler is needed.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.brian import brian2 as b2

ms = b2.ms
Array = NDArray[np.float64]

WAYS = ("never changed", "delay = in on_pre", "run_regularly", "S.delay in a network_operation",
        "S.delay between two runs", "S.delay and initialise_queue")  # fmt: skip


class Tried(NamedTuple):
    """When the spikes sent at 1, 11, 21, 31, 41 and 51 ms arrived, and what the attribute says at the end, in ms."""

    arrivals: NDArray[np.float64]
    attribute: float


def tried(way: str) -> Tried:
    """Send six spikes along a synapse with a delay of 2 ms, and make it 5 ms at 22 ms in one of the ``WAYS``.

    A spike sent at 21 ms is on its way at that moment.
    """
    if way not in WAYS:
        raise ValueError(f"way is {way!r}; expected one of {', '.join(WAYS)}")
    source = b2.SpikeGeneratorGroup(1, np.zeros(6, int), (1 + 10 * np.arange(6)) * ms)
    target = b2.NeuronGroup(1, "arrived : 1")
    on_pre = "arrived_post += 1" + "\ndelay = (2 + 3 * int(t > 22*ms)) * ms" * (way == "delay = in on_pre")
    synapse = b2.Synapses(source, target, on_pre=on_pre)
    synapse.connect()
    synapse.delay = 2 * ms
    if way == "run_regularly":
        synapse.run_regularly("delay = 5*ms", dt=22 * ms)
    monitor = b2.StateMonitor(target, "arrived", record=True)

    @b2.network_operation(dt=22 * ms)
    def change(t):
        if t > 0 * ms and way in WAYS[3:6:2]:
            synapse.delay = 5 * ms
            if way == "S.delay and initialise_queue":
                synapse.pre.initialise_queue()

    network = b2.Network(source, target, synapse, monitor, change)
    if way == "S.delay between two runs":
        network.run(22 * ms)
        synapse.delay = 5 * ms
        network.run(43 * ms)
    else:
        network.run(65 * ms)
    rises = np.flatnonzero(np.diff(monitor.arrived[0]))
    return Tried(np.round(monitor.t[rises] / ms, 1), float(synapse.delay[0] / ms))


class Lagged(NamedTuple):
    """When the spikes sent at 1, 11, ... 51 ms came out of a chain on average, and the standard deviation, in ms."""

    arrivals: Array
    spreads: Array


def lagged(stages: int) -> Lagged:
    """Send six spikes through a chain of first-order stages that make 2 ms, and 5 ms from 22 ms on.

    Each stage passes on what it holds with the time constant delay / stages, so a spike comes out as a gamma density of
    the delay's mean and of the standard deviation delay / sqrt(stages). There is no queue: the delay is a variable.
    """
    if stages < 1:
        raise ValueError(f"stages is {stages}; expected at least 1")
    held = ["dy_1/dt = -y_1 / tau : 1"] + [f"dy_{n}/dt = (y_{n - 1} - y_{n}) / tau : 1" for n in range(2, stages + 1)]
    equations = "\n".join([*held, f"arriving = y_{stages} / tau : Hz", "tau : second (shared)"])
    sent = 1 + 10 * np.arange(6)
    source = b2.SpikeGeneratorGroup(1, np.zeros(6, int), sent * ms, dt=0.02 * ms)
    chain = b2.NeuronGroup(1, equations, method="rk4", dt=0.02 * ms)
    chain.tau = 2 / stages * ms
    synapse = b2.Synapses(source, chain, on_pre="y_1_post += 1", dt=0.02 * ms)
    synapse.connect()
    monitor = b2.StateMonitor(chain, "arriving", record=True, dt=0.02 * ms)
    network = b2.Network(source, chain, synapse, monitor)
    network.run(22 * ms)
    chain.tau = 5 / stages * ms
    network.run(45 * ms)
    times, flow = np.asarray(monitor.t / ms), np.asarray(monitor.arriving[0])
    of_each = [(times >= one) & (times < one + 10) for one in sent]
    means = [np.average(times[one], weights=flow[one]) for one in of_each]
    squares = [
        np.average((times[one] - mean) ** 2, weights=flow[one]) for one, mean in zip(of_each, means, strict=True)
    ]
    return Lagged(np.array(means), np.sqrt(squares))


class Competition(NamedTuple):
    """Two neurons over time: (n,) ms, (n, 2) delays in ms, and who fired when (spikes,) each.

    Of D circuits side by side the delays are (n, D, 2), and neuron m of circuit d is number 2 d + m.
    """

    times: NDArray[np.float64]
    delays: NDArray[np.float64]
    spike_times: NDArray[np.float64]
    winners: NDArray[np.int64]


NEURON = """
dv/dt = (-v + 2000 * s_1 * s_2) / (1000*ms) : 1
ds_1/dt = -s_1 / (0.5*ms) : 1
ds_2/dt = -s_2 / (0.5*ms) : 1
dthreshold/dt = -threshold / (50*ms) : 1
lost : boolean
in_a_row : 1
"""
FIRES = """
v = 0
threshold = 8
in_a_row = 0
"""
LOSES = """
v_post = 0
threshold_post = 8
lost_post = True
in_a_row_post += 1
"""


def compete(
    pattern: ArrayLike | Sequence[ArrayLike],
    start: ArrayLike = (2, 4),
    fixed: float = 1.0,
    repetitions: int = 80,
    period: float = 13.0,
    rule: str = "timing",
    rate: float = 0.02,
    tau: float = 2.0,
    memory: float = 50.0,
    winner_learns: bool = False,
    anew_after: int | None = None,
    seed: int = 0,
    *,
    delay_change: Callable,
) -> Competition:
    """Two neurons hear the same two inputs; whoever fires first silences the other, and the loser moves its delay.

        dv/dt = (-v + 2000 s_1 s_2) / 1 s        ds_k/dt = -s_k / 0.5 ms        dthreshold/dt = -threshold / 50 ms

    An arrival of input k adds 1 to s_k; v at the threshold is a spike: v = 0 and threshold = 8, of both neurons.
    Both inputs send ``pattern`` over and over. The first input takes ``fixed`` ms to either neuron, the second
    the delay that this neuron has learned. Nothing is random, unless a neuron begins anew.

    Parameters
    ----------
    pattern : when spikes are sent, in ms. The pattern is sent ``repetitions`` times, once in each ``period`` (ms).
        A list of D patterns: as many circuits side by side, which know nothing of each other.
    start : the first delays of the second input to either neuron, in ms: two numbers, or (D, 2) of D circuits.
    rule : "timing": the loser moves by ``delay_change`` of what arrived in the last ``memory`` ms. "adds": by 1 ms more
        each time, whatever was heard, as in *Learning delays (v2)*.
    rate, tau : of ``delay_change``, in ms.
    winner_learns : whether who fires moves its delay too.
    anew_after : who has lost so many times in a row begins anew, at a delay drawn from half a ``period``.
    seed : of what is drawn.
    delay_change : the part, as :mod:`solutions.delays` asks for it.

    Raises
    ------
    ValueError : if there is no such rule.

    Examples
    --------
    >>> from solutions import compete
    >>> result = compete([1, 2, 3, 4, 6, 8, 9], start=(2, 4), fixed=1, repetitions=140)
    >>> bool(abs(result.delays[-1] - 1).max() < 0.1)  # both have learned to bring the inputs together
    True
    """
    if rule not in ("timing", "adds"):
        raise ValueError(f"rule is {rule!r}; expected 'timing' or 'adds'")
    rng, first_delays = np.random.default_rng(seed), np.array(start, dtype=float)
    patterns = cast(Sequence[ArrayLike], [pattern] if first_delays.ndim == 1 else pattern)
    circuits = len(patterns)
    begins = period * np.arange(repetitions)[:, None]
    sent = [(np.asarray(one, dtype=float) + begins).ravel() for one in patterns]
    who, when = np.repeat(np.arange(circuits), [len(one) for one in sent]), np.concatenate(sent) * ms
    sources = [b2.SpikeGeneratorGroup(circuits, who, when) for _ in range(2)]
    neurons = b2.NeuronGroup(2 * circuits, NEURON, method="euler", threshold="v >= threshold", reset=FIRES)
    neurons.threshold = 8
    one = b2.Synapses(sources[0], neurons, on_pre="s_1_post += 1", delay=fixed * ms)
    two = b2.Synapses(sources[1], neurons, on_pre="s_2_post += 1")
    inhibition = b2.Synapses(neurons, neurons, on_pre=LOSES)
    for of_its_circuit in (one, two):
        of_its_circuit.connect(i=np.arange(2 * circuits) // 2, j=np.arange(2 * circuits))
    inhibition.connect(i=np.arange(2 * circuits), j=np.arange(2 * circuits) ^ 1)  # 0 and 1, 2 and 3, ...
    two.delay = first_delays.ravel() * ms
    moved = [(0.0, first_delays.ravel())]
    arrivals = [sent[n // 2] + np.round(delay, 1) for n, delay in enumerate(moved[0][1])]  # Brian2 has steps of 0.1 ms
    monitor = b2.SpikeMonitor(neurons)
    seen = 0

    @b2.network_operation(dt=0.5 * ms, when="end")
    def learn(t):
        nonlocal seen
        learners, now = set(np.flatnonzero(neurons.lost).tolist()), float(t / ms)
        if not learners:
            return
        if winner_learns:
            learners |= set(monitor.i[seen:].tolist())
            seen = len(monitor.i)
        delays = np.array(two.delay / ms)
        for learner in learners:
            change = 1.0
            if rule == "timing":
                heard = (sent[learner // 2] + fixed, arrivals[learner])
                first, second = (times[(times > now - memory) & (times <= now)] for times in heard)
                change = float(delay_change(first, second, tau, rate))
            delays[learner] = np.clip(delays[learner] + change, 0, period)
            if anew_after and neurons.in_a_row[learner] >= anew_after:
                delays[learner] = rng.uniform(0, period / 2)
                neurons.in_a_row[learner] = 0
            later = sent[learner // 2] > now
            arrivals[learner][later] = sent[learner // 2][later] + np.round(delays[learner], 1)
        two.delay = delays * ms
        two.pre.initialise_queue()  # without this line the attribute changes, and no arrival
        neurons.lost = False
        moved.append((now, delays))

    b2.Network(*sources, neurons, one, two, inhibition, monitor, learn).run(period * repetitions * ms)
    times, delays = (np.array(column) for column in zip(*moved, strict=True))
    shape = (len(times), *first_delays.shape)
    return Competition(times, delays.reshape(shape), np.asarray(monitor.t / ms), np.asarray(monitor.i))


def random_circuits(count: int, farthest: float = 6.0, seed: int = 0) -> tuple[list[Array], Array]:
    """Patterns and first delays for :func:`compete`, drawn by chance.

    Each of ten milliseconds has a spike with a probability of one half; a pattern has at least two. The first delays
    lie anywhere between 0 and ``farthest`` ms.

    Returns
    -------
    ``count`` patterns, and their first delays, (count, 2).
    """
    rng = np.random.default_rng(seed)
    patterns: list[Array] = []
    starts: list[list[float]] = []
    while len(patterns) < count:
        pattern = (np.flatnonzero(rng.random(10) < 0.5) + 1).astype(float)
        if len(pattern) >= 2:
            patterns.append(pattern)
            starts.append(rng.uniform(0, farthest, 2).tolist())
    return patterns, np.array(starts)


def drift(
    pattern: ArrayLike,
    delay: float,
    fixed: float = 1.0,
    period: float = 13.0,
    tau: float = 2.0,
    memory: float = 50.0,
    *,
    delay_change: Callable,
) -> float:
    """What a delay would change by on average, with a rate of 1 ms, if its neuron learned at any moment of a period.

        drift(d) = (1 / period) integral over t of the change that is due at t, with the second input delayed by d

    Where it is 0 a delay may rest; where it goes from above to below 0 it does. The arguments are those of
    :func:`compete`.
    """
    before = -period * np.arange(np.ceil((memory + period) / period) + 1)[:, None]
    sent = (np.asarray(pattern, dtype=float) + before).ravel()
    moments = np.arange(0, period, 0.5)
    changes = []
    for now in moments:
        first, second = (at[(at > now - memory) & (at <= now)] for at in (sent + fixed, sent + delay))
        changes.append(float(delay_change(first, second, tau, 1.0)))
    return float(np.mean(changes))
