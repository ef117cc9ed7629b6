"""One training step of a network of spiking neurons, beside other libraries' on the same machine.

    pip install -r benchmarks/requirements.txt      # in an environment of its own
    python benchmarks/training_step.py [ROUNDS]

700 channels -> 128 spiking neurons -> 20 readouts, 100 steps, a batch of 128, single precision: forward, cross-entropy
of the mean voltage, backward, one step of Adam. 1.4 % of all places hold an event, as in a spoken digit of the course.
All take the same dense array of zeros and ones, (steps, recordings, channels) or turned as they like it; finding the
events in it is part of our step. The last but one line has our step from events, as recordings really come.

All take turns, so that a machine that slows down slows all, and all may use as many threads (OMP_NUM_THREADS, or all
cores). What counts are the ratios: the median over the rounds. Processor time, of all threads together, is the fairer
of the two where others work on the same machine. A library that is not there is named and left out.
"""

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from statistics import median

import numpy as np
import torch
from torch import nn

from solutions.models.adjoint.layer import Neurons, Weights, initial
from solutions.models.adjoint.learning import Adam, loss_and_gradient
from solutions.models.adjoint.recordings import events_of_raster

CHANNELS, HIDDEN, CLASSES, STEPS, BATCH, DENSITY = 700, 128, 20, 100, 128, 0.014
NEURONS = Neurons(20.0, 5.0, 1.0, 1.0)
KEEP_M, KEEP_S = np.exp(-1 / 20).item(), np.exp(-1 / 5).item()


def weights() -> Weights:
    return initial(CHANNELS, HIDDEN, CLASSES, seed=0, mean=0.05, spread=0.25)


# Ours


def ours(method: str, raster: np.ndarray, targets: np.ndarray, from_events: bool = False) -> Callable[[], float]:
    ready = events_of_raster(raster) if from_events else None
    learned = weights()
    optimizer = Adam(learned)

    def step() -> float:
        events = ready or events_of_raster(raster)
        _, gradient, run = loss_and_gradient(learned, events, targets, STEPS, NEURONS, method=method)
        optimizer.step(learned, gradient, 1e-3)
        return run.n_spikes.mean()

    return step


# The others: each as its own tutorials write it, the input's product with the weights for all steps at once where the
# library lets one.


def trained(model: nn.Module, raster: np.ndarray, targets: np.ndarray) -> Callable[[], float]:
    spikes = torch.from_numpy(np.ascontiguousarray(raster.transpose(1, 0, 2)))
    labels = torch.from_numpy(targets)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step() -> float:
        optimizer.zero_grad(set_to_none=True)
        voltage, count = model(spikes)
        nn.functional.cross_entropy(10 * voltage.mean(dim=0), labels).backward()
        optimizer.step()
        return count / BATCH

    return step


class Linears(nn.Module):
    """The two layers of weights, begun as ours."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(CHANNELS, HIDDEN, bias=False), nn.Linear(HIDDEN, CLASSES, bias=False)
        with torch.no_grad():
            for layer, begun in zip((self.hidden, self.out), weights(), strict=True):
                layer.weight.copy_(torch.from_numpy(begun.T))


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(context, above):
        context.save_for_backward(above)
        return (above >= 0).to(above.dtype)

    @staticmethod
    def backward(context, slope):
        (above,) = context.saved_tensors
        return slope / (1 + 10 * above.abs()) ** 2


class PlainTorch(Linears):
    """The same equations as ours, on the grid of steps."""

    def forward(self, spikes):
        lifted = 5 / 15 * (KEEP_M - KEEP_S)
        currents = self.hidden(spikes)
        v = i = torch.zeros(BATCH, HIDDEN)
        out = []
        for current in currents:
            v = KEEP_M * v + lifted * i
            i = KEEP_S * i + current
            fired = Spike.apply(v - 1)
            v = v - fired
            out.append(fired)
        fired = torch.stack(out)
        currents = self.out(fired)
        v = i = torch.zeros(BATCH, CLASSES)
        out = []
        for current in currents:
            v = KEEP_M * v + lifted * i
            i = KEEP_S * i + current
            out.append(v)
        return torch.stack(out), fired.detach().sum()


def snntorch() -> nn.Module:
    library = import_module("snntorch")
    surrogate = import_module("snntorch.surrogate").fast_sigmoid(slope=10)

    class Model(Linears):
        def __init__(self):
            super().__init__()
            self.spiking = library.Synaptic(alpha=KEEP_S, beta=KEEP_M, spike_grad=surrogate)
            self.readout = library.Synaptic(alpha=KEEP_S, beta=KEEP_M, spike_grad=surrogate, reset_mechanism="none")

        def forward(self, spikes):
            i, v = self.spiking.reset_mem()
            i_out, v_out = self.readout.reset_mem()
            out, count = [], 0
            for current in self.hidden(spikes) * 0.05:  # its neurons take the current without the 1 / tau_m
                fired, i, v = self.spiking(current, i, v)
                _, i_out, v_out = self.readout(self.out(fired) * 0.05, i_out, v_out)
                out.append(v_out)
                count += fired.detach().sum()
            return torch.stack(out), count

    return Model()


def norse() -> nn.Module:
    library = import_module("norse.torch")

    class Model(Linears):
        def __init__(self):
            super().__init__()
            tau = torch.tensor
            self.spiking = library.LIFCell(
                library.LIFParameters(tau_syn_inv=tau(200.0), tau_mem_inv=tau(50.0), method="super", alpha=tau(10.0))
            )
            self.readout = library.LICell(library.LIParameters(tau_syn_inv=tau(200.0), tau_mem_inv=tau(50.0)))

        def forward(self, spikes):
            state = state_out = None
            out, count = [], 0
            for current in self.hidden(spikes):
                fired, state = self.spiking(current, state)
                voltage, state_out = self.readout(self.out(fired), state_out)
                out.append(voltage)
                count += fired.detach().sum()
            return torch.stack(out), count

    return Model()


def spikingjelly() -> nn.Module:
    neuron = import_module("spikingjelly.activation_based.neuron")
    layer = import_module("spikingjelly.activation_based.layer")
    functional = import_module("spikingjelly.activation_based.functional")
    surrogate = import_module("spikingjelly.activation_based.surrogate")

    class Model(Linears):
        def __init__(self):
            super().__init__()
            self.synapse = layer.SynapseFilter(tau=5.0, step_mode="m")
            self.spiking = neuron.LIFNode(tau=20.0, surrogate_function=surrogate.SuperSpike(10.0), step_mode="m")
            self.synapse_out = layer.SynapseFilter(tau=5.0, step_mode="m")
            self.readout = neuron.LIFNode(tau=20.0, v_threshold=1e9, step_mode="m", store_v_seq=True)

        def forward(self, spikes):
            functional.reset_net(self)
            fired = self.spiking(self.synapse(self.hidden(spikes)))
            self.readout(self.synapse_out(self.out(fired)))
            return self.readout.v_seq, fired.detach().sum()

    return Model()


# The floor of whoever multiplies dense arrays


def two_products(raster: np.ndarray) -> Callable[[], float]:
    flat = torch.from_numpy(raster.reshape(-1, CHANNELS))
    layer, back = torch.randn(CHANNELS, HIDDEN), torch.randn(len(flat), HIDDEN)

    def step() -> float:
        flat @ layer
        flat.T @ back
        return 0.0

    return step


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    rng = np.random.default_rng(0)
    raster = (rng.random((BATCH, STEPS, CHANNELS)) < DENSITY).astype(np.float32)
    targets = rng.integers(CLASSES, size=BATCH)
    steps = {
        "EventProp": ours("eventprop", raster, targets),
        "surrogate gradient": ours("surrogate", raster, targets),
        "plain torch": trained(PlainTorch(), raster, targets),
    }
    for name, build in (("snntorch", snntorch), ("norse", norse), ("spikingjelly", spikingjelly)):
        try:
            steps[f"{name} {version(name)}"] = trained(build(), raster, targets)
        except ImportError as error:
            print(f"{name} is left out: {error}")
    steps["EventProp, from events"] = ours("eventprop", raster, targets, from_events=True)
    steps["two dense products alone"] = two_products(raster)
    seconds = {name: [] for name in steps}
    processor = {name: [] for name in steps}
    spikes = {}
    for turn in range(rounds + 2):
        for name, step in steps.items():
            begun, begun_processor = time.perf_counter(), time.process_time()
            count = step()
            taken, taken_processor = time.perf_counter() - begun, time.process_time() - begun_processor
            if turn >= 2:  # the first compile, and find the memory
                seconds[name].append(taken)
                processor[name].append(taken_processor)
            spikes.setdefault(name, float(count))
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads of {os.cpu_count()} cores, {rounds} rounds")
    print(f"{'':26}{'ms':>8}{'x EventProp':>13}{'processor ms':>15}{'x EventProp':>13}{'spikes':>8}")
    for name in steps:
        columns = [(1000 * median(of[name]), ratio(of[name], of["EventProp"])) for of in (seconds, processor)]
        (wall, times), (used, times_used) = columns
        print(f"{name:26}{wall:8.1f}{times:13.2f}{used:15.1f}{times_used:13.2f}{spikes[name]:8.0f}")


def ratio(taken: list[float], base: list[float]) -> float:
    """Round by round, so that only what changes within a round disturbs it."""
    return median(one / other for one, other in zip(taken, base, strict=True))


if __name__ == "__main__":
    main()
