"""The whole test of two living populations, for three ways back from y to x: random, transposed and learned."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solutions.models.brian import brian2 as b2
from solutions.models.progress import watched
from solutions.models.spiking_autoencoder.network import Recall, SpikingAutoencoder
from solutions.models.spiking_autoencoder.numpy_twin import poisson_response

WAYS = ("random", "transposed", "learned")


class Trial(NamedTuple):
    """One draw of the connections up, with its own patterns, tried with each way back."""

    patterns: NDArray[np.int64]
    """0 and 1, shape (K, n_x)."""
    recalls: dict[str, Recall]
    """What came back, for each of ``WAYS``."""


def learn_from_rates(
    network: SpikingAutoencoder, patterns: NDArray[np.int64], learn_feedback: Callable, rng: np.random.Generator
) -> SpikingAutoencoder:
    r"""Give a network the feedback that ``learn_feedback`` makes of patterns and of what y fires for each.

    .. math:: \Delta U_{ij} = \eta\,(x_i - \hat x_i)\,y_j, \qquad \hat x_i = \sum_j U_{ij}\,y_j,

    x and y less their means over the patterns. While it learns, feedback does not make x fire, and the input does, at
    the network's ``input_rate``. Afterwards a full :math:`\hat x` drives the membrane of x to 80 mV; the means become
    a steady drive, and i_DOWN fires as often as y did.

    Parameters
    ----------
    network : its U, ``steady`` and ``recall_rate`` are set.
    patterns : 0 and 1, shape (S, n_x).
    learn_feedback : the part that the chapter asks for.
    rng : where the spikes of the input come from.

    Returns
    -------
    The network.
    """
    loud = 80.0  # mV
    shown = float(network.input_rate / b2.Hz) * patterns
    y = poisson_response(shown, network.W, rng, settle=100, duration=400)
    mean_x, mean_y = patterns.mean(axis=0), y.mean(axis=0)
    y -= mean_y
    start = np.zeros((network.n_x, network.n_y))
    learned = np.asarray(learn_feedback(start, patterns - mean_x, y, 0.5 / np.mean(np.sum(y**2, axis=1))))
    network.U = loud * learned * float(1 / (network.tau * b2.Hz))  # a rate times tau and U is a mean drive
    network.steady = loud * (mean_x - learned @ mean_y)
    network.recall_rate = None
    return network


@b2.check_units(weight=b2.volt, settle=b2.second, listen=b2.second, longest=b2.second, width=b2.second)
def ways_back(
    networks: int = 5,
    n_patterns: int = 4,
    *,
    make_patterns: Callable,
    learn_feedback: Callable,
    lif_group: Callable,
    connect: Callable,
    spike_rates: Callable,
    similarities: Callable,
    weight: b2.Quantity = 10 * b2.mV,
    active: float = 0.3,
    taught: int = 1000,
    settle: b2.Quantity = 200 * b2.ms,
    listen: b2.Quantity = 1000 * b2.ms,
    longest: b2.Quantity = 5 * b2.second,
    width: b2.Quantity = 50 * b2.ms,
    progress: bool = False,
) -> list[Trial]:
    """Two living populations of 100 neurons, connected both ways: what comes back to x by each way, compared.

    i_UP shows each pattern until the rates of y have settled. Then i_DOWN fires in proportion to them, and i_UP not at
    all, until the rates of x have settled: see :meth:`SpikingAutoencoder.test`. The connections up and the patterns are
    the same for all three ways.

    Parameters
    ----------
    networks : how many draws of the connections; number n is drawn from seed n.
    n_patterns : how many patterns are told apart, other ones for each network.
    make_patterns, learn_feedback, lif_group, connect, spike_rates, similarities : the parts that the chapter asks for.
    weight : what a spike adds along a connection up, and along one down that is random or transposed, in volts.
    active : the probability that a neuron x takes part in a pattern.
    taught : how many patterns the learned feedback has seen, none of which is asked for.
    settle, listen, longest, width : as in :meth:`SpikingAutoencoder.test`.
    progress : show a bar.

    Returns
    -------
    One trial for each network.

    Examples
    --------
    How many of four patterns come back by each way:

    >>> from solutions import ways_back
    >>> [trial] = ways_back(networks=1)
    >>> {way: int(recall.recovered.sum()) for way, recall in trial.recalls.items()}
    {'random': 1, 'transposed': 2, 'learned': 4}
    """
    trials = []
    parts = {
        "lif_group": lif_group, "connect": connect, "make_patterns": make_patterns, "spike_rates": spike_rates,
        "similarities": similarities,
    }  # fmt: skip
    for seed in watched(range(networks), networks, show=progress):
        rng = np.random.default_rng([seed, 1])  # not the one that draws the connections
        asked, lessons = (np.asarray(make_patterns(count, 100, active, rng)) for count in (n_patterns, taught))
        recalls = {}
        for way in WAYS:
            feedback = "random" if way == "random" else "transposed"
            network = SpikingAutoencoder(weight=weight, feedback=feedback, dt=1 * b2.ms, seed=seed, **parts)
            if way == "learned":
                learn_from_rates(network, lessons, learn_feedback, rng)
            recalls[way] = network.test(asked, settle=settle, listen=listen, longest=longest, width=width)
        trials.append(Trial(asked, recalls))
    return trials
