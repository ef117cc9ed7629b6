"""Delays in Brian2 2.9: which ways of changing one take effect in a run, and two neurons that learn theirs.

Everything runs with Brian2's numpy target, so no compiler is needed.
"""

import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_hook = sys.excepthook
import brian2  # noqa: E402
from brian2 import Network, NeuronGroup, SpikeGeneratorGroup, StateMonitor, Synapses, ms, network_operation  # noqa: E402

sys.excepthook = _hook  # an error of the reader's own is none of Brian2's: no report of it, no files kept for it
brian2.prefs.codegen.target = "numpy"
brian2.prefs.logging.file_log = False

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
    source = SpikeGeneratorGroup(1, np.zeros(6, int), (1 + 10 * np.arange(6)) * ms)
    target = NeuronGroup(1, "arrived : 1")
    on_pre = "arrived_post += 1" + "\ndelay = (2 + 3 * int(t > 22*ms)) * ms" * (way == "delay = in on_pre")
    synapse = Synapses(source, target, on_pre=on_pre)
    synapse.connect()
    synapse.delay = 2 * ms
    if way == "run_regularly":
        synapse.run_regularly("delay = 5*ms", dt=22 * ms)
    monitor = StateMonitor(target, "arrived", record=True)

    @network_operation(dt=22 * ms)
    def change(t):
        if t > 0 * ms and way in WAYS[3:6:2]:
            synapse.delay = 5 * ms
            if way == "S.delay and initialise_queue":
                synapse.pre.initialise_queue()

    network = Network(source, target, synapse, monitor, change)
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
dx_1/dt = -x_1 / tau_x : 1
dx_2/dt = -x_2 / tau_x : 1
dy_1/dt = (x_1 - y_1) / tau_x : 1
dy_2/dt = (x_2 - y_2) / tau_x : 1
dchange/dt = -change / (50*ms) : 1
lost : boolean
"""
FIRST = """
s_1_post += 1
change_post += y_2_post
x_1_post += 1
"""
SECOND = """
s_2_post += 1
change_post -= y_1_post
x_2_post += 1
"""
LOSES = """
v_post = 0
threshold_post = 8
lost_post = True
"""


def compete(
    pattern: NDArray[np.float64],
    start: tuple[float, float] = (2, 4),
    fixed: float = 1.0,
    repetitions: int = 80,
    period: float = 13.0,
    rule: str = "timing",
    rate: float = 0.02,
    tau: float = 2.0,
) -> Competition:
    """Two neurons hear the same two inputs; whoever fires first silences the other, and the loser moves its delay.

    Both inputs send ``pattern`` (times in ms) over and over. The first takes ``fixed`` ms to either neuron. The second
    takes what the neuron has learned, from ``start`` on. With the rule "timing" the loser moves by ``rate`` times the
    pairs of arrivals since it last lost, each weighted by exp(-distance / tau): plus where the second input came
    before the first, minus where it came after. "adds" is the tutorial's rule: 1 ms more each time, whatever was heard.
    """
    if rule not in ("timing", "adds"):
        raise ValueError(f"rule is {rule!r}; expected 'timing' or 'adds'")
    sent = (np.asarray(pattern, dtype=float) + period * np.arange(repetitions)[:, None]).ravel() * ms
    sources = [SpikeGeneratorGroup(1, np.zeros(len(sent), int), sent) for _ in range(2)]
    neurons = NeuronGroup(
        2, NEURON, method="euler", threshold="v >= threshold", reset="v = 0; threshold = 8",
        namespace={"tau_x": tau * ms},
    )  # fmt: skip
    neurons.threshold = 8
    one = Synapses(sources[0], neurons, on_pre=FIRST, delay=fixed * ms)
    two = Synapses(sources[1], neurons, on_pre=SECOND)
    inhibition = Synapses(neurons, neurons, on_pre=LOSES)
    one.connect(), two.connect(), inhibition.connect(condition="i != j")
    two.delay = np.array(start) * ms
    moved = [(0.0, *start)]

    @network_operation(dt=0.5 * ms, when="end")
    def learn(t):
        lost = np.asarray(neurons.lost)
        if lost.any():
            steps = rate * np.asarray(neurons.change) if rule == "timing" else np.ones(2)
            delays = np.clip(np.asarray(two.delay / ms) + np.where(lost, steps, 0), 0, period)
            two.delay = delays * ms
            two.pre.initialise_queue()  # without this line the attribute changes, and no arrival
            neurons.lost = False
            moved.append((float(t / ms), *delays))

    monitor = brian2.SpikeMonitor(neurons)
    Network(*sources, neurons, one, two, inhibition, monitor, learn).run(period * repetitions * ms)
    times, *delays = np.array(moved).T
    return Competition(times, np.stack(delays, axis=1), np.asarray(monitor.t / ms), np.asarray(monitor.i))
