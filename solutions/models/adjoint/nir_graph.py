"""A trained layer as a graph of the Neuromorphic Intermediate Representation, which simulators and chips can read.

NIR (Pedersen et al. 2024, doi:10.1038/s41467-024-52259-9) says what a network is in equations without time steps. It
counts in seconds, and in its neurons a spike adds w_in / tau_syn to the synaptic current: here w_in is tau_syn, so that
the current jumps by the weight, as it does in the chapter.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from solutions.models.adjoint.layer import STANDARD, Neurons, Weights

if TYPE_CHECKING:
    from nir import NIRGraph

MS = 1e-3
"""Seconds in a millisecond."""
NODES = ("input", "to_hidden", "hidden", "to_readout", "readout", "output")
"""What the graph's nodes are called, one after the other."""
EDGES = set(pairwise(NODES))


def to_nir(weights: Weights, neurons: Neurons = STANDARD) -> "NIRGraph":
    """The graph of a layer: input, weights, hidden neurons, weights, readouts that do not fire, output.

        tau_s dI/dt = -I + tau_s * sum of w * spikes,   tau_m dV/dt = -V + I,   V from theta to 0 at a spike

    Parameters
    ----------
    weights : shapes (channels, hidden) and (hidden, classes); in the graph they are turned, as NIR has them.
    neurons : time constants in ms. ``dt`` is no property of the network, and not kept.

    Returns
    -------
    A graph for ``nir.write(path, graph)``. Raises ImportError if the package ``nir`` is not installed.
    """
    import nir

    def every(n: int, value: float) -> np.ndarray:
        return np.full(n, value)

    def membrane(n: int) -> dict[str, np.ndarray]:
        tau_s, tau_m = every(n, neurons.tau_s * MS), every(n, neurons.tau_m * MS)
        return {"tau_syn": tau_s, "tau_mem": tau_m, "r": every(n, 1.0), "v_leak": every(n, 0.0), "w_in": tau_s}

    (n_channels, n_hidden), n_classes = weights.hidden.shape, weights.out.shape[1]
    fires = {"v_threshold": every(n_hidden, neurons.theta), "v_reset": every(n_hidden, 0.0)}
    nodes = (
        nir.Input(np.array([n_channels])),
        nir.Linear(weights.hidden.T),
        nir.CubaLIF(**membrane(n_hidden), **fires),
        nir.Linear(weights.out.T),
        nir.CubaLI(**membrane(n_classes)),
        nir.Output(np.array([n_classes])),
    )
    return nir.NIRGraph(dict(zip(NODES, nodes, strict=True)), sorted(EDGES))


def from_nir(graph: "NIRGraph", dt: float = STANDARD.dt) -> tuple[Weights, Neurons]:
    """The layer of such a graph, to be run with steps of ``dt`` ms; as precise as the file.

    Raises ValueError for a graph that ``to_nir`` would not have made: other nodes, or neurons that are not all alike.
    """
    if set(graph.nodes) != set(NODES) or set(graph.edges) != EDGES:
        raise ValueError(f"graph has the edges {sorted(graph.edges)}; expected {sorted(EDGES)}")
    hidden, readout = graph.nodes["hidden"], graph.nodes["readout"]
    found = Neurons(hidden.tau_mem[0] / MS, hidden.tau_syn[0] / MS, hidden.v_threshold[0], dt)
    weights = Weights(graph.nodes["to_hidden"].weight.T, graph.nodes["to_readout"].weight.T)
    made = to_nir(weights, found).nodes
    for name, one in (("hidden", hidden), ("readout", readout)):
        for what, expected in vars(made[name]).items():
            if isinstance(expected, np.ndarray) and not np.allclose(getattr(one, what), expected):
                raise ValueError(f"graph has neurons {name} with {what} = {getattr(one, what)}; expected {expected}")
    return weights, found
