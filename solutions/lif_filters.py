r"""The leaky integrate-and-fire neuron: what it does to a rhythm, alone and in pairs, and how its spikes tell of it.

.. math:: \tau \frac{dv}{dt} = i - v, \qquad v \leftarrow (1 - z) v + z v_\text{reset} \quad
    \text{with } z = 1 \text{ where } v \ge \theta, \text{ else } 0

Lapicque (1907), translated by Brunel & van Rossum, Biol. Cybern. 97 (2007), doi:10.1007/s00422-007-0189-6;
Gerstner, Kistler, Naud & Paninski, *Neuronal Dynamics* (2014), sections 1.3 and 5.1, doi:10.1017/CBO9781107447615;
Knight, *Dynamics of encoding in a population of neurons*, J. Gen. Physiol. 59 (1972), doi:10.1085/jgp.59.6.734.
"""

import cmath
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Both = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Spikes and voltages."""


def leaky_integrate_and_fire(input_data: ArrayLike, tau: float, threshold: float) -> Both:
    """Spikes and membrane voltage of a leaky integrate-and-fire neuron, in steps of one.

    Each step is Euler's, from v = 0 at the start. Then z = 1 where v >= threshold,
    else 0, and a spike resets:

        v <- (1 - z) v + z v_reset

    Parameters
    ----------
    input_data : the input current at each step, shape (T,), or (T, N) for N neurons.
    tau : the time constant, in steps.
    threshold : the voltage at which it fires; math.inf for never.

    Returns
    -------
    output : the spikes z at each step, 1 or 0, in the shape of input_data.
    membrane : the voltages v after each step and its reset, in the same shape.
    """
    v_reset = 0.0
    ### BEGIN SOLUTION
    current = np.asarray(input_data, dtype=float)
    output, membrane = np.empty_like(current), np.empty_like(current)
    v = np.zeros(current.shape[1:])
    for n, i in enumerate(current):
        v = v + (i - v) / tau
        z = (v >= threshold).astype(float)
        v = (1 - z) * v + z * v_reset
        output[n], membrane[n] = z, v
    return output, membrane
    ### END SOLUTION


def firing_rate(current: float, tau: float, threshold: float) -> float:
    """Spikes per step of a LIF neuron under a constant current, in continuous time.

    Parameters
    ----------
    current : the constant input current.
    tau : the time constant, in steps.
    threshold : the voltage at which it fires (more than 0); it is reset to 0.

    Returns
    -------
    One over the time from a reset to the next spike; 0 if it never fires.
    """
    ### BEGIN SOLUTION
    if current <= threshold:
        return 0.0
    interval = -tau * math.log(1 - threshold / current)
    return 1 / interval
    ### END SOLUTION


def measured_gain(neuron: Callable[[NDArray[np.float64]], ArrayLike], frequency: float) -> float:
    """The amplitude of a response over that of the sine that causes it, once settled.

    Parameters
    ----------
    neuron : a function from a signal, a row of numbers, to a response of the same
        length. Within 1000 steps it has forgotten how it started. The response may
        have an offset, which is not amplitude.
    frequency : of the sine, in cycles per step: above 0, below 0.5.

    Returns
    -------
    The gain, accurate to 2 %.
    """
    ### BEGIN SOLUTION
    settled = 1000
    steps = np.arange(settled + 500 + math.ceil(20 / frequency))
    signal = np.sin(2 * np.pi * frequency * steps)
    response = np.asarray(neuron(signal), dtype=float)
    return float(np.std(response[settled:]) / np.std(signal[settled:]))
    ### END SOLUTION


def euler_gain(frequency: float, tau: float) -> float:
    """The gain of a membrane in Euler steps of one, in closed form.

    Parameters
    ----------
    frequency : of the input, in cycles per step: from 0 to 0.5.
    tau : the time constant, in steps.

    Returns
    -------
    The amplitude of the voltage divided by that of the current.
    """
    ### BEGIN SOLUTION
    turned = cmath.exp(-2j * math.pi * frequency)
    return (1 / tau) / abs(1 - (1 - 1 / tau) * turned)
    ### END SOLUTION


def band_pass(signal: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """What is left of a signal between two frequencies, by means of two membranes.

    Parameters
    ----------
    signal : a row of currents, shape (T,). Before it begins the membranes are at
        rest, at 0.
    low, high : the cutoff frequencies of the two membranes, in cycles per step.

    Returns
    -------
    The response, shape (T,): large for what swings at a frequency from low to high,
    small for what is slower or faster. In the middle of the band it goes up and down
    with the signal.
    """
    ### BEGIN SOLUTION
    fast_tau, slow_tau = 1 / (2 * np.pi * high), 1 / (2 * np.pi * low)
    _, fast = leaky_integrate_and_fire(signal, fast_tau, math.inf)
    _, slow = leaky_integrate_and_fire(signal, slow_tau, math.inf)
    return fast - slow
    ### END SOLUTION


def identify_neuron(inputs: ArrayLike, outputs: ArrayLike) -> tuple[float, float]:
    """The time constant and the threshold of a LIF neuron, from recordings of it.

    Parameters
    ----------
    inputs : the currents, shape (T, K), time first: column k is what flowed in
        during experiment k. Each experiment starts at v = 0.
    outputs : the spikes they caused, 1 or 0, shape (T, K).

    Returns
    -------
    tau : its time constant, somewhere between 2 and 40 steps.
    threshold : its threshold, in the unit of the currents.
    """
    ### BEGIN SOLUTION
    taus = np.geomspace(1.9, 42, 600)[:, np.newaxis]
    v = np.zeros((len(taus), np.shape(inputs)[1]))
    silent, fired = np.zeros(len(taus)), np.full(len(taus), np.inf)
    for i, z in zip(np.asarray(inputs, dtype=float), np.asarray(outputs) > 0.5, strict=True):
        v = v + (i - v) / taus
        fired = np.minimum(fired, np.where(z, v, np.inf).min(axis=1))
        silent = np.maximum(silent, np.where(z, 0, v).max(axis=1))
        v = np.where(z, 0, v)
    best = np.argmax(fired / silent)
    return float(taus[best, 0]), float(fired[best] + silent[best]) / 2
    ### END SOLUTION
