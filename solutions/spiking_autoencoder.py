r"""A spiking autoencoder: two populations, x and y, that fire at each other, and what comes back to x.

Voltages are in mV, times in ms and rates in Hz; a weight is what one spike adds to a voltage.

Burbank, *Mirrored STDP implements autoencoder learning in a network of spiking neurons*, PLOS Computational Biology 11
(2015), doi:10.1371/journal.pcbi.1004566, for an autoencoder of spikes; Urbanczik & Senn, *Learning by the dendritic
prediction of somatic spiking*, Neuron 81 (2014), doi:10.1016/j.neuron.2013.11.030, eq. 6, for the local rule in
:func:`learn_feedback`; Stimberg, Brette & Goodman, *Brian 2*, eLife 8 (2019), doi:10.7554/eLife.47314.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.brian import brian2 as b2


def make_patterns(n_patterns: int, n_neurons: int, active: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Random patterns: in each, every neuron takes part with probability ``active``.

    Parameters
    ----------
    active : from 0 to 1, both included. Neurons and patterns are independent. (Exactly the right number of neurons in
        each pattern will do too.)
    rng : the source of all randomness: rng.random(shape) is uniform in [0, 1).

    Returns
    -------
    1 or True where a neuron takes part, 0 or False elsewhere, shape (n_patterns, n_neurons).

    Notes
    -----
    ``check`` asks for thousands of neurons: fewer than one right answer in a million is refused, and a share that is
    10 % off is detected in 99 of 100 cases.
    """
    ### BEGIN SOLUTION
    return (rng.random((n_patterns, n_neurons)) < active).astype(int)
    ### END SOLUTION


def lif_group(n: int, tau: float, threshold: float, refractory: float) -> b2.NeuronGroup:
    """Leaky integrate-and-fire neurons for Brian2: dv/dt = -v/tau, back to 0 when v reaches the threshold.

    Parameters
    ----------
    n : how many neurons.
    tau, refractory : in ms.
    threshold : in mV.

    Returns
    -------
    A NeuronGroup whose voltage is called v and measured in volts, solved exactly and not in Euler's steps. It begins
    at 0, and several groups may be in one network.
    """
    ### BEGIN SOLUTION
    return b2.NeuronGroup(
        n,
        "dv/dt = -v / tau : volt (unless refractory)",
        threshold="v >= v_threshold",
        reset="v = 0 * volt",
        refractory=refractory * b2.ms,
        method="exact",
        namespace={"tau": tau * b2.ms, "v_threshold": threshold * b2.mV},
    )
    ### END SOLUTION


def connect(source: b2.Group, target: b2.Group, weights: ArrayLike) -> b2.Synapses:
    """Synapses that add to the voltage v of the target with each spike of the source.

        v[i] grows by  weights[i, j]  at each spike of source neuron j

    Parameters
    ----------
    source, target : groups of Brian2, with n_from and n_to neurons.
    weights : shape (n_to, n_from). weights[i, j] is what a spike of source neuron j adds to v of target neuron i, in
        mV. Where it is 0 there is no synapse; not all of them are 0. It is left as it was.

    Returns
    -------
    The Synapses, connected and with their weights. Several of them may be in one network.
    """
    ### BEGIN SOLUTION
    rows, columns = np.nonzero(np.asarray(weights))
    synapses = b2.Synapses(source, target, "weight : volt", on_pre="v_post += weight")
    synapses.connect(i=columns, j=rows)
    synapses.weight = np.asarray(weights)[rows, columns] * b2.mV
    return synapses
    ### END SOLUTION


def drive(rates: ArrayLike, weights: ArrayLike, tau: float) -> NDArray[np.float64]:
    """Mean and standard deviation of a leaky membrane without threshold, driven by Poisson inputs.

    For one input with a rate r and a weight w, with integrals over t from 0 on:

        mean = r * integral of w * exp(-t / tau)
        (standard deviation)^2 = r * integral of (w * exp(-t / tau))^2

    Parameters
    ----------
    rates : how often each input fires, in Hz, shape (N,). It may be 0.
    weights : what a spike of each input adds to the voltage, in mV, shape (N,). It may be negative.
    tau : time constant of the membrane, in ms.

    Returns
    -------
    [mean, standard deviation] in mV, long after the inputs began.
    """
    ### BEGIN SOLUTION
    rates, weights = np.asarray(rates, dtype=float) / 1000, np.asarray(weights, dtype=float)
    mean = tau * np.sum(rates * weights)
    variance = tau / 2 * np.sum(rates * weights**2)
    return np.array([mean, np.sqrt(variance)])
    ### END SOLUTION


def spike_rates(
    times: ArrayLike, neurons: ArrayLike, n_neurons: int, duration: float, width: float
) -> NDArray[np.float64]:
    """The rate of each neuron in each bin of time, in Hz.

    Parameters
    ----------
    times, neurons : when each spike happens, in ms from 0, and which neuron fires it; in any order, shape (number of
        spikes,). There may be none.
    duration : the whole time, in ms: a whole number of bins. No spike lies beyond it.
    width : how long a bin is, a whole number of ms. Bin k lasts from k * width until just before (k + 1) * width.

    Returns
    -------
    Shape (number of bins, n_neurons), in spikes per second.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((round(duration / width), n_neurons))
    bins = np.floor(np.asarray(times, dtype=float) / width).astype(int)
    np.add.at(counts, (bins, np.asarray(neurons, dtype=int)), 1)
    return counts / (width / 1000)
    ### END SOLUTION


def similarities(rates: ArrayLike, patterns: ArrayLike) -> NDArray[np.float64]:
    """How like each pattern the rates are, in three ways.

    Parameters
    ----------
    rates : one for each neuron, shape (N,), in Hz.
    patterns : 0 and 1, and both of them in each, shape (K, N). Rates and patterns are left as they were.

    Returns
    -------
    Shape (3, K). For each pattern:

    - the 1-norm of the difference between rates / (largest rate) and the pattern, sum of |difference|;
    - the cosine of the angle between rates and pattern, sum of (rate * pattern) / (both lengths);
    - their correlation: the cosine after each has had its own mean subtracted.

    If no neuron fires, every cosine and correlation is 0, and rates / (largest rate) is 0.
    """
    ### BEGIN SOLUTION
    rates, patterns = np.asarray(rates, dtype=float), np.asarray(patterns, dtype=float)
    scaled = rates / max(rates.max(), 1e-12)
    centred = patterns - patterns.mean(axis=1, keepdims=True)
    rows = [np.abs(scaled - patterns).sum(axis=1)]
    for one, many in ((scaled, patterns), (scaled - scaled.mean(), centred)):
        lengths = np.linalg.norm(one) * np.linalg.norm(many, axis=1)
        rows.append(np.where(lengths > 1e-9, many @ one / np.maximum(lengths, 1e-9), 0))
    return np.stack(rows)
    ### END SOLUTION


def return_matrix(n_x: int, n_y: int, p: float) -> NDArray[np.float64]:
    """The expected matrix of the way there and back, W^T W, over all random forward connections W.

        expected[i, k] = sum over j of the expected value of  W[j, i] * W[j, k]

    W has shape (n_y, n_x). Each entry is 1 with probability p and 0 otherwise, independently of the others. Return the
    expected value itself, not a mean of draws.

    Parameters
    ----------
    n_x, n_y : how many neurons x and y.
    p : the probability of a connection from a neuron x to a neuron y, from 0 to 1.

    Returns
    -------
    The expected matrix, shape (n_x, n_x).
    """
    ### BEGIN SOLUTION
    return n_y * p * (p + (1 - p) * np.eye(n_x))
    ### END SOLUTION


def learn_feedback(feedback: ArrayLike, x: ArrayLike, y: ArrayLike, rate: float) -> NDArray[np.float64]:
    """The feedback after it has seen examples, one after the other, and corrected its own error at each.

        feedback[i, j] grows by  rate * (x[i] - what the feedback says about it) * y[j]

    Parameters
    ----------
    feedback : shape (n_x, n_y). It is not changed.
    x, y : the activity of both populations in each example, shapes (S, n_x) and (S, n_y).
    rate : the learning rate.

    Returns
    -------
    The feedback after the last example, shape (n_x, n_y).
    """
    ### BEGIN SOLUTION
    learned = np.array(feedback, dtype=float)
    for seen, code in zip(np.asarray(x, dtype=float), np.asarray(y, dtype=float), strict=True):
        error = seen - learned @ code
        learned += rate * np.outer(error, code)
    return learned
    ### END SOLUTION
