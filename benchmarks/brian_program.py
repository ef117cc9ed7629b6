"""Networks in Brian2's C++ standalone mode, for the benchmarks."""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from side_by_side import OwnClock

from solutions.models.brian import brian2 as b2


class Program:
    """A program that Brian2 writes and compiles once; a call runs it and says how long its loop over the steps took.

    What is not counted: the compiler, the start, and the reading of inputs from a file.

    Parameters
    ----------
    make : builds a network and runs it, and gives the variables to be read afterwards, by name.
    step : of the clock, in ms.
    """

    def __init__(self, make: Callable[[], dict], step: float) -> None:
        self.folder = Path(tempfile.mkdtemp())
        b2.set_device("cpp_standalone", directory=str(self.folder), build_on_run=False)
        b2.device.reinit()
        b2.device.activate(directory=str(self.folder), build_on_run=False)
        b2.defaultclock.dt = step * b2.ms
        variables = make()
        b2.device.build(directory=str(self.folder), compile=True, run=False, debug=False)
        names = {name: Path(b2.device.get_array_filename(variable)).name for name, variable in variables.items()}
        self.files = {name: (self.folder / "results" / file, variables[name].dtype) for name, file in names.items()}
        b2.device.reinit()
        b2.set_device("runtime")

    def __call__(self) -> OwnClock:
        subprocess.run(["./main"], cwd=self.folder, check=True, capture_output=True)
        seconds, _ = (self.folder / "results" / "last_run_info.txt").read_text().split()
        return OwnClock(float(seconds), {name: np.fromfile(*file) for name, file in self.files.items()})


def lif(current: NDArray[np.float64], again: int, tau: float, threshold: float) -> Program:
    """Leaky integrate-and-fire neurons in Euler steps of 1 ms; the result has each one's ``count`` of spikes."""
    steps, neurons = current.shape

    def make() -> dict:
        group = b2.NeuronGroup(
            neurons,
            f"dv/dt = (table((t_in_timesteps % {steps}) * ms, i) - v) / ({tau} * ms) : 1",
            threshold=f"v >= {threshold}",
            reset="v = 0",
            method="euler",
            namespace={"table": b2.TimedArray(current, dt=1 * b2.ms)},
        )
        spikes = b2.SpikeMonitor(group, record=False)
        b2.Network(group, spikes).run(steps * again * b2.ms)
        return {"count": spikes.variables["count"]}

    return Program(make, step=1.0)


def current_based(
    weights: NDArray[np.float64], times: NDArray[np.float64], senders: NDArray[np.int64], duration: float, step: float
) -> Program:
    """The hidden neurons of an EventDrivenNetwork, exact between steps: when (``t``, in s) each fires (``i``)."""
    neurons = weights.shape[1]
    n_in = len(weights) - neurons

    def make() -> dict:
        inputs = b2.SpikeGeneratorGroup(n_in, senders, times * b2.ms)
        group = b2.NeuronGroup(
            neurons,
            "dv/dt = (I - v) / (20 * ms) : 1\ndI/dt = -I / (5 * ms) : 1",
            threshold="v >= 1",
            reset="v = 0",
            method="exact",
        )
        network = b2.Network(inputs, group)
        for source, rows in ((inputs, weights[:n_in]), (group, weights[n_in:])):
            synapses = b2.Synapses(source, group, "w : 1", on_pre="I += w")
            before, after = np.nonzero(rows)
            synapses.connect(i=before, j=after)
            synapses.w = rows[before, after]
            network.add(synapses)
        spikes = b2.SpikeMonitor(group)
        network.add(spikes)
        network.run(duration * b2.ms)
        return {name: spikes.variables[name] for name in ("t", "i")}

    return Program(make, step)
