"""Delays in Brian2 2.9: which ways of changing one take effect in a run, and two neurons that learn theirs.

The notebook *Learning delays (v2)* of the COMOB project on sound localisation
(https://comob-project.github.io/snn-sound-localization) has the circuit as a concept, and leaves open how a delay can
move while Brian2 runs. Everything runs with Brian2's numpy target, so no compiler is needed.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.brian import brian2 as b2

ms = b2.ms

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


class Competition(NamedTuple):
    """Two neurons over time: (n,) ms, (n, 2) delays in ms, and who fired when (spikes,) each."""

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
"""
LOSES = """
v_post = 0
threshold_post = 8
lost_post = True
"""


def compete(
    pattern: ArrayLike,
    start: tuple[float, float] = (2, 4),
    fixed: float = 1.0,
    repetitions: int = 80,
    period: float = 13.0,
    rule: str = "timing",
    rate: float = 0.02,
    tau: float = 2.0,
    memory: float = 50.0,
    *,
    delay_change: Callable,
) -> Competition:
    """Two neurons hear the same two inputs; whoever fires first silences the other, and the loser moves its delay.

    Both inputs send ``pattern`` over and over. The first input takes ``fixed`` ms to either neuron, the second
    the delay that this neuron has learned. Nothing is random.

    Parameters
    ----------
    pattern : when spikes are sent, in ms. The pattern is sent ``repetitions`` times, once in each ``period`` (ms).
    start : the first delays of the second input to either neuron, in ms.
    rule : "timing": the loser moves by ``delay_change`` of what arrived in the last ``memory`` ms. "adds": by 1 ms more
        each time, whatever was heard, as in *Learning delays (v2)*.
    rate, tau : of ``delay_change``, in ms.
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
    sent = (np.asarray(pattern, dtype=float) + period * np.arange(repetitions)[:, None]).ravel()
    sources = [b2.SpikeGeneratorGroup(1, np.zeros(len(sent), int), sent * ms) for _ in range(2)]
    neurons = b2.NeuronGroup(2, NEURON, method="euler", threshold="v >= threshold", reset="v = 0; threshold = 8")
    neurons.threshold = 8
    one = b2.Synapses(sources[0], neurons, on_pre="s_1_post += 1", delay=fixed * ms)
    two = b2.Synapses(sources[1], neurons, on_pre="s_2_post += 1")
    inhibition = b2.Synapses(neurons, neurons, on_pre=LOSES)
    one.connect(), two.connect(), inhibition.connect(condition="i != j")
    two.delay = np.array(start) * ms
    moved = [(0.0, *start)]
    arrivals = sent + np.round(start, 1)[:, None]  # of the second input; Brian2 waits for whole steps of 0.1 ms

    @b2.network_operation(dt=0.5 * ms, when="end")
    def learn(t):
        lost, now = np.flatnonzero(neurons.lost), float(t / ms)
        if not len(lost):
            return
        delays = np.array(two.delay / ms)
        for loser in lost:
            if rule == "timing":
                heard = (sent + fixed, arrivals[loser])
                first, second = (times[(times > now - memory) & (times <= now)] for times in heard)
                change = float(delay_change(first, second, tau, rate))
            else:
                change = 1.0
            delays[loser] = np.clip(delays[loser] + change, 0, period)
        later = sent > now
        arrivals[:, later] = sent[later] + np.round(delays, 1)[:, None]
        two.delay = delays * ms
        two.pre.initialise_queue()  # without this line the attribute changes, and no arrival
        neurons.lost = False
        moved.append((now, *delays))

    monitor = b2.SpikeMonitor(neurons)
    b2.Network(*sources, neurons, one, two, inhibition, monitor, learn).run(period * repetitions * ms)
    times, *delays = np.array(moved).T
    return Competition(times, np.stack(delays, axis=1), np.asarray(monitor.t / ms), np.asarray(monitor.i))
