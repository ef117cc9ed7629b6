"""Leaky integrate-and-fire neurons for 1000 steps, from 1 to a million of them, beside a C loop and other libraries.

python benchmarks/lif_forward.py [--rounds ROUNDS] [--keep]

Every neuron has its own random currents; what is asked for is how often each one fires. All compute in double precision
and on one thread, and all are the same model: Euler steps of one, a spike where v >= 1 (where v > 1 in Norse and
snnTorch, which is the same for random currents), and then v = 0. Before anything is measured, all have to count the
same spikes, but for one in a million. A million neurons get the same 10 steps of currents again and again, which fit
into memory, and 100 steps instead of 1000; what is measured is linear in the steps.
"""

import ctypes
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import brian_program
import numpy as np
import torch
from how_fast import COMPILED, KEEPING, OURS, TABLES, Cell
from numpy.typing import NDArray
from side_by_side import OwnClock, alternately, compared, main, not_there, peak_megabytes

from solutions.lif_filters import leaky_integrate_and_fire
from solutions.models.lif_filters.compiled import LIFNeurons

TAU, THRESHOLD = 20.0, 1.0
MILLION = 1_000_000
STEPS = {1: (1000, 1), 100: (1000, 1), 10_000: (1000, 1), MILLION: (10, 10)}
"""For so many neurons: steps of currents, and how often they come again."""
Counts = NDArray[np.int64]
Step = Callable[[], Counts]


def currents(neurons: int) -> NDArray[np.float64]:
    return np.random.default_rng(neurons).uniform(0, 3, (STEPS[neurons][0], neurons))


def c_loop(current: NDArray, again: int) -> Step:
    library = Path(tempfile.mkdtemp()) / "lif_loop.so"
    source = Path(__file__).with_name("lif_loop.c")
    subprocess.run(["gcc", "-O3", "-march=native", "-shared", "-fPIC", source, "-o", library], check=True)
    function = ctypes.CDLL(str(library)).count_spikes
    function.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int64] * 2 + [ctypes.c_double] * 2

    def step() -> Counts:
        voltage, counts = np.zeros(current.shape[1]), np.zeros(current.shape[1], np.int64)
        given = current.ctypes.data, voltage.ctypes.data, counts.ctypes.data, *current.shape, TAU, THRESHOLD
        for _ in range(again):
            function(*given)
        return counts

    return step


def compiled(current: NDArray, again: int) -> Step:
    def step() -> Counts:
        neurons = LIFNeurons(TAU, THRESHOLD)
        return sum(neurons.count(current) for _ in range(again))

    return step


def whole(run: Callable[[NDArray], tuple[NDArray, NDArray]]) -> Callable[[NDArray, int], Step]:
    """What gives back all spikes and voltages, counted by :func:`counted`, outside of what is measured."""
    return lambda current, _again: lambda: run(current)[0]


def counted(result: NDArray | OwnClock) -> Counts:
    counts = np.asarray(result.result["count"] if isinstance(result, OwnClock) else result, np.int64)
    return counts.sum(axis=0) if counts.ndim == 2 else counts


# The others, as their tutorials write it: a layer that is called step by step, or with all steps where it takes them.


def by_step(cell: Callable, current: NDArray, again: int) -> Step:
    """``cell(current, state)`` gives spikes and the state after a step."""
    given = torch.from_numpy(current)

    def step() -> Counts:
        state, counts = None, torch.zeros(given.shape[1], dtype=given.dtype)
        with torch.no_grad():
            for _ in range(again):
                for flows in given:
                    fired, state = cell(flows, state)
                    counts += fired
        return counts.numpy()

    return step


def norse(current: NDArray, again: int) -> Step:
    library = import_module("norse.torch")
    functional = import_module("norse.torch.functional.lif_box")
    exact = torch.tensor(1000 / TAU, dtype=torch.float64)
    cell = library.LIFBoxCell(functional.LIFBoxParameters(tau_mem_inv=exact), dt=0.001)
    return by_step(cell, current, again)


def snntorch(current: NDArray, again: int) -> Step:
    library = import_module("snntorch")
    neurons = library.Leaky(beta=torch.tensor(1 - 1 / TAU, dtype=torch.float64), reset_mechanism="zero")
    none = torch.zeros(current.shape[1], dtype=torch.float64)

    def cell(flows, state):
        return neurons(flows / TAU, none if state is None else state)  # it takes the current without the 1 / tau

    return by_step(cell, current, again)


def spikingjelly(current: NDArray, again: int) -> Step:
    neuron = import_module("spikingjelly.activation_based.neuron")
    functional = import_module("spikingjelly.activation_based.functional")
    neurons = neuron.LIFNode(tau=TAU, v_threshold=THRESHOLD, v_reset=0.0, step_mode="m")
    given = torch.from_numpy(current)

    def step() -> Counts:
        functional.reset_net(neurons)
        with torch.no_grad():
            return sum(neurons(given).sum(dim=0) for _ in range(again)).numpy()

    return step


BUILDERS = {
    "C loop": c_loop,
    COMPILED: compiled,
    KEEPING: whole(lambda current: LIFNeurons(TAU, THRESHOLD).run(current)),
    OURS: whole(lambda current: leaky_integrate_and_fire(current, TAU, THRESHOLD)),
    "Brian2, C++ standalone": lambda current, again: brian_program.lif(current, again, TAU, THRESHOLD),
    "SpikingJelly": spikingjelly,
    "Norse": norse,
    "snnTorch": snntorch,
}
KEEP_EVERYTHING = (OURS, KEEPING)


def build(name: str, neurons: int, again: int | None = None) -> Step:
    return BUILDERS[name](currents(neurons), again or STEPS[neurons][1])


def measure(rounds: int) -> Iterator[Cell]:
    columns = TABLES["lif_forward"].columns
    for neurons in STEPS:
        column, steps = f"{neurons:,}", {}
        for name in BUILDERS:
            if name in KEEP_EVERYTHING and STEPS[neurons][1] > 1:
                yield {"row": name, "column": column, "says": "keeps too much"}
                continue
            try:
                steps[name] = build(name, neurons)
            except ImportError as error:
                yield from not_there(name, [column], error)
        same_counts(steps)
        yield from compared(alternately(steps, rounds, f"{column} neurons"), "C loop", column)
    for name in (name for name in BUILDERS if name in steps or name in KEEP_EVERYTHING):
        if name != "Brian2, C++ standalone":  # a program of its own
            yield {"row": name, "column": columns[4], "value": peak_megabytes(build, name, 10_000)}
    for name in ("C loop", COMPILED):  # all 1000 steps, with the currents that are at hand
        beyond = peak_megabytes(build, name, MILLION, 100)
        yield {"row": name, "column": columns[5], "value": beyond + STEPS[MILLION][0] * MILLION * 8 / 1e6}


def same_counts(steps: dict[str, Step]) -> None:
    """AssertionError unless all count the same spikes of every neuron, but for one spike in a million."""
    wanted = counted(steps["C loop"]())
    for name, step in steps.items():
        apart = np.abs(counted(step()) - wanted).sum()
        assert apart <= 1e-6 * wanted.sum(), f"{name} counts {apart:g} of {wanted.sum()} spikes otherwise"


if __name__ == "__main__":
    main("lif_forward", measure, ("numpy", "numba", "torch", "brian2", "spikingjelly", "norse", "snntorch"))
