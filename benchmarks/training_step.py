"""One training step of a network of spiking neurons, beside other libraries' on the same machine.

    python benchmarks/training_step.py [--rounds ROUNDS] [--keep]
    python benchmarks/training_step.py --device cuda    # torch there, in milliseconds; nothing is kept

700 channels -> 128 spiking neurons -> 20 readouts, 100 steps, a batch of 128, single precision: forward, cross-entropy
of the mean voltage, backward, one step of Adam. 1.4 % of all places hold an event, as in a spoken digit of the course.
All take the same dense array of zeros and ones, (steps, recordings, channels) or turned as they like it; finding the
events in it is part of our step. One row has our step from events, as recordings really come; others have double
precision, and plain torch with its step compiled by torch.

All may use as many threads (OMP_NUM_THREADS, or all cores); ratios are of processor time, of all threads together.
Before anything is measured, all have to fire as often as plain torch in the first step, to 5 %, and their first losses
have to agree to 5 %: the same weights, and the equations as each library has them in steps.

On a GPU each of the hundred steps of time would cost several launches: there all of them are recorded as one graph,
too. Losses and spikes have to be those of the processor, to 5 %.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import numpy as np
import torch
from how_fast import TABLES, Cell
from side_by_side import alternately, compared, main, not_there, peak_megabytes
from torch import nn

from solutions.models.adjoint.layer import Neurons, Weights, initial
from solutions.models.adjoint.learning import Adam, loss_and_gradient
from solutions.models.adjoint.recordings import events_of_raster

CHANNELS, HIDDEN, CLASSES, STEPS, BATCH, DENSITY = 700, 128, 20, 100, 128, 0.014
NEURONS = Neurons(20.0, 5.0, 1.0, 1.0)
Said = tuple[float, float]
"""The loss of a step, and the spikes of a recording."""
Step = Callable[[], Said]
KEEP_M, KEEP_S = np.exp(-1 / 20).item(), np.exp(-1 / 5).item()
LIFTED = 5 / 15 * (KEEP_M - KEEP_S)


def weights() -> Weights:
    return initial(CHANNELS, HIDDEN, CLASSES, seed=0, mean=0.05, spread=0.25)


# Ours


def ours(
    method: str, raster: np.ndarray, targets: np.ndarray, from_events: bool = False, kind: type = np.float32
) -> Step:
    ready = events_of_raster(raster) if from_events else None
    learned = Weights(*(one.astype(kind) for one in weights()))
    optimizer = Adam(learned)

    def step() -> Said:
        events = ready or events_of_raster(raster)
        loss, gradient, run = loss_and_gradient(learned, events, targets, STEPS, NEURONS, method=method)
        optimizer.step(learned, gradient, 1e-3)
        return float(loss), run.n_spikes.mean()

    return step


# The others: each as its own tutorials write it, the input's product with the weights for all steps at once where the
# library lets one.


def as_taken(model: nn.Module, raster: np.ndarray) -> torch.Tensor:
    """The array as a model takes it: step by step, in its precision, where it is."""
    return torch.from_numpy(np.ascontiguousarray(raster.transpose(1, 0, 2))).to(next(model.parameters()))


def trained(model: nn.Module, raster: np.ndarray, targets: np.ndarray) -> Step:
    spikes = as_taken(model, raster)
    labels = torch.from_numpy(targets).to(spikes.device)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step() -> Said:
        optimizer.zero_grad(set_to_none=True)
        voltage, count = model(spikes)
        loss = nn.functional.cross_entropy(10 * voltage.mean(dim=0), labels)
        loss.backward()
        optimizer.step()
        return loss.item(), float(count) / BATCH

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


def followed(v, i, current):
    return KEEP_M * v + LIFTED * i, KEEP_S * i + current


def fired_and_followed(v, i, current):
    v, i = followed(v, i, current)
    fired = Spike.apply(v - 1)
    return v - fired, i, fired


class PlainTorch(Linears):
    """The same equations as ours, on the grid of steps; ``made`` is what becomes of the functions of one step."""

    def __init__(self, made: Callable[[Callable], Callable] = lambda step: step) -> None:
        super().__init__()
        self.spiking, self.readout = made(fired_and_followed), made(followed)

    def forward(self, spikes):
        v = i = spikes.new_zeros(BATCH, HIDDEN)
        out = []
        for current in self.hidden(spikes):
            v, i, fired = self.spiking(v, i, current)
            out.append(fired)
        fired = torch.stack(out)
        v = i = spikes.new_zeros(BATCH, CLASSES)
        out = []
        for current in self.out(fired):
            v, i = self.readout(v, i, current)
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
            for current in self.hidden(spikes) * LIFTED:  # its neurons add the current as it is
                fired, i, v = self.spiking(current, i, v)
                _, i_out, v_out = self.readout(self.out(fired) * LIFTED, i_out, v_out)
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
    functional = import_module("spikingjelly.activation_based.functional")
    surrogate = import_module("spikingjelly.activation_based.surrogate")
    tau_s, tau_m = 1 / (1 - KEEP_S), 1 / (1 - KEEP_M)  # its steps are Euler's: what is kept in one has to be the same

    class Model(Linears):
        def __init__(self):
            super().__init__()
            self.synapse, self.synapse_out = neuron.NonSpikingLIFNode(tau_s), neuron.NonSpikingLIFNode(tau_s)
            self.spiking = neuron.LIFNode(
                tau_m, decay_input=False, v_reset=None, surrogate_function=surrogate.SuperSpike(10.0), step_mode="m"
            )
            self.readout = neuron.NonSpikingLIFNode(tau_m)

        def forward(self, spikes):
            functional.reset_net(self.spiking)
            fired = self.spiking(torch.stack(self.synapse(self.hidden(spikes) * (LIFTED * tau_s))))
            arrived = torch.stack(self.synapse_out(self.out(fired) * (LIFTED * tau_s * tau_m)))
            return torch.stack(self.readout(arrived)), fired.detach().sum()

    return Model()


# The floor of whoever multiplies dense arrays


def two_products(raster: np.ndarray) -> Callable[[], None]:
    flat = torch.from_numpy(raster.reshape(-1, CHANNELS))
    layer, back = torch.randn(CHANNELS, HIDDEN), torch.randn(len(flat), HIDDEN)

    def step() -> None:
        flat @ layer
        flat.T @ back

    return step


BUILDERS: dict[str, Callable[[np.ndarray, np.ndarray], Callable]] = {
    "EventProp": lambda raster, targets: ours("eventprop", raster, targets),
    "EventProp, from events": lambda raster, targets: ours("eventprop", raster, targets, from_events=True),
    "EventProp, double precision": lambda raster, targets: ours("eventprop", raster, targets, kind=np.float64),
    "surrogate gradient": lambda raster, targets: ours("surrogate", raster, targets),
    "two dense products alone": lambda raster, _: two_products(raster),
    "plain torch": lambda raster, targets: trained(PlainTorch(), raster, targets),
    "plain torch, double precision": lambda raster, targets: trained(PlainTorch().double(), raster, targets),
    "plain torch, torch.compile": lambda raster, targets: trained(PlainTorch(torch.compile), raster, targets),
    "Norse": lambda raster, targets: trained(norse(), raster, targets),
    "snnTorch": lambda raster, targets: trained(snntorch(), raster, targets),
    "SpikingJelly": lambda raster, targets: trained(spikingjelly(), raster, targets),
}


def data() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    raster = (rng.random((BATCH, STEPS, CHANNELS)) < DENSITY).astype(np.float32)
    return raster, rng.integers(CLASSES, size=BATCH)


def build(name: str) -> Callable:
    return BUILDERS[name](*data())


def measure(rounds: int) -> Iterator[Cell]:
    columns = TABLES["training_step"].columns
    steps = {}
    for name in BUILDERS:
        try:
            steps[name] = build(name)
        except ImportError as error:
            yield from not_there(name, list(columns), error)
    same_step({name: step() for name, step in steps.items()})
    times = alternately(steps, rounds)
    yield from compared(times, "EventProp", columns[0], processor=True)
    yield from compared(times, "EventProp", columns[1])
    for name in steps:
        yield {"row": name, "column": columns[2], "value": peak_megabytes(build, name)}


def same_step(said: dict[str, Said | None]) -> None:
    """AssertionError unless losses and spikes of a first step agree to 5 %; the products say none."""
    wanted = said["plain torch"]
    for name, found in said.items():
        assert found is None or np.allclose(found, wanted, rtol=0.05), f"{name} says {found}, plain torch {wanted}"


# On a GPU


def one_graph(model: nn.Module, raster: np.ndarray) -> nn.Module:
    """The model whose hundred steps, forward and backward, are recorded once and then launched as one."""
    return torch.cuda.make_graphed_callables(model, (as_taken(model, raster),))


def on_device(device: str, rounds: int) -> None:
    """Print the milliseconds of plain torch's step on a device: absolute, since nothing else here runs on it.

    SystemExit if torch sees no such device.
    """
    try:
        there = PlainTorch().to(device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        sys.exit(f"--device is {device!r}: expected a device of torch's on this machine, cpu or cuda ({reason})")
    raster, targets = data()
    steps = {"plain torch": trained(there, raster, targets)}
    if device.startswith("cuda"):
        steps["plain torch, one graph"] = trained(one_graph(PlainTorch().to(device), raster), raster, targets)
    here = trained(PlainTorch(), raster, targets)()
    for name, step in steps.items():
        same_step({"plain torch": here, f"{name} on {device}": step()})
        step()
        begun = time.perf_counter()
        for _ in range(rounds):
            step()  # its loss is read, so that it is over when the clock is
        print(f"{name} on {device}: {1000 * (time.perf_counter() - begun) / rounds:.2f} ms a step")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--device")
    if device := asked.parse_known_args()[0].device:
        on_device(device, rounds=20)
    else:
        main("training_step", measure, ("numpy", "numba", "torch", "norse", "snntorch", "spikingjelly"), rounds=15)
