"""The network with delays in steps of time, and its gradient through a surrogate for the spike.

Neftci, Mostafa & Zenke, IEEE Signal Processing Magazine 36 (2019), doi:10.1109/MSP.2019.2931595. Voltages and currents
follow their exact formulas from one step to the next; backwards a spike has the slope that ``surrogate_spike`` says.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.delayed import DelayedNetwork
from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S

SurrogateSpike = Callable[[NDArray[np.float64], float, float], tuple[NDArray[np.float64], NDArray[np.float64]]]


class Step(NamedTuple):
    """What a step of dt leaves of voltage and current, and how much of the current goes over to the voltage."""

    keep_m: float
    keep_s: float
    passed_on: float


def surrogate_weight_gradient(
    network: DelayedNetwork,
    times: ArrayLike,
    senders: ArrayLike,
    target: int,
    steepness: float,
    *,
    surrogate_spike: SurrogateSpike,
    dt: float = 0.1,
    duration: float = 100.0,
) -> tuple[NDArray[np.float64], int]:
    """dL/dw from inputs to hidden neurons by the surrogate, for the loss "sum".

    Forwards, with a reset to 0 wherever a hidden neuron spikes,

        V <- exp(-dt/tau_m) V + LIFT (exp(-dt/tau_m) - exp(-dt/tau_s)) I
        I <- exp(-dt/tau_s) I + the weights of what arrives

    and backwards the same steps transposed. The reset is not differentiated, as is usual.

    Parameters
    ----------
    network : without synapses among its hidden neurons. Delays are rounded to whole steps.
    times, senders : shape (K,): when each input spike comes, in ms, and from which input.
    target : the output that should have the highest mean voltage.
    steepness : of the soft spike, per threshold.
    surrogate_spike : ``surrogate_spike(voltage, threshold, steepness)`` gives hard spikes and the slopes of soft ones.
    dt, duration : in ms.

    Returns
    -------
    The gradient, shape (n_in, n_hidden), and the number of hidden spikes.

    Raises ValueError if hidden neurons hear each other, and if dt is not above 0 or longer than the duration.
    """
    n_in, n_hidden = network.n_in, network.n_hidden
    if network.weights[n_in:, :n_hidden].any():
        raise ValueError("weights among hidden neurons are not 0; none of them may hear another here")
    if not 0 < dt <= duration:
        raise ValueError(f"dt is {dt}, and a step above 0 and of at most {duration} ms is expected")
    n_steps = round(duration / dt)
    keep_m, keep_s = float(np.exp(-dt / TAU_M)), float(np.exp(-dt / TAU_S))
    kept = Step(keep_m, keep_s, LIFT * (keep_m - keep_s))
    delays = np.rint(network.delays / dt).astype(int)
    arriving = _arriving(np.rint(np.asarray(times) / dt).astype(int), np.asarray(senders), delays[:n_in, :n_hidden])
    arriving = tuple(column[arriving[0] < n_steps] for column in arriving)
    lifted = np.zeros((n_steps, n_hidden))
    np.add.at(lifted, arriving[::2], network.weights[arriving[1:]])
    spiked, slope, scores = _forwards(network, lifted, delays[n_in:, n_hidden:], kept, steepness, surrogate_spike)
    wrong = np.exp(scores - np.logaddexp.reduce(scores))
    wrong[target] -= 1
    felt = network.weights[n_in:, n_hidden:] * wrong
    heard = _backwards(spiked, slope, felt, delays[n_in:, n_hidden:], kept)
    found = np.zeros((n_in, n_hidden))
    np.add.at(found, arriving[1:], heard[arriving[::2]])
    return found, int(spiked.sum())


def _arriving(steps: NDArray, senders: NDArray, delays: NDArray) -> tuple[NDArray, ...]:
    """Step, sender and receiver of whatever arrives, if each sender is heard by all."""
    reached = steps[:, None] + delays[senders]
    sender, receiver = np.broadcast_arrays(senders[:, None], np.arange(delays.shape[1]))
    return reached.ravel(), sender.ravel(), receiver.ravel()


def _forwards(
    network: DelayedNetwork, lifted: NDArray, delays: NDArray, kept: Step, steepness: float, spike: SurrogateSpike
) -> tuple[NDArray, NDArray, NDArray]:
    """Hidden spikes and their slopes, both of shape (steps, hidden), and the mean voltage of each output."""
    weights = network.weights[network.n_in :, network.n_hidden :]
    outputs = np.arange(weights.shape[1])
    heard = np.zeros((len(lifted) + delays.max(), weights.shape[1]))
    spiked, slope = np.zeros_like(lifted), np.zeros_like(lifted)
    V, I = np.zeros((2, lifted.shape[1]))
    V_out, I_out, scores = np.zeros((3, weights.shape[1]))
    for n, lift in enumerate(lifted):
        V, I = V * kept.keep_m + kept.passed_on * I, I * kept.keep_s + lift
        spiked[n], slope[n] = spike(V, network.threshold, steepness)
        fired = np.flatnonzero(spiked[n])
        V[fired] = 0.0
        np.add.at(heard, (n + delays[fired], outputs), weights[fired])
        V_out, I_out = V_out * kept.keep_m + kept.passed_on * I_out, I_out * kept.keep_s + heard[n]
        scores += V_out / len(lifted)
    return spiked, slope, scores


def _backwards(spiked: NDArray, slope: NDArray, felt: NDArray, delays: NDArray, kept: Step) -> NDArray:
    """How the loss changes with a unit of current of each hidden neuron at each step, shape (steps, hidden)."""
    n_steps = len(spiked)
    of_output = np.zeros(n_steps + delays.max())  # how a score changes with a unit of the output's current at a step
    score_by_V = score_by_I = 0.0
    for n in range(n_steps - 1, -1, -1):
        of_output[n] = score_by_I
        score_by_V += 1 / n_steps
        score_by_I, score_by_V = score_by_I * kept.keep_s + kept.passed_on * score_by_V, score_by_V * kept.keep_m
    heard = np.zeros_like(spiked)
    by_V, by_I = np.zeros((2, spiked.shape[1]))
    for n in range(n_steps - 1, -1, -1):
        heard[n] = by_I
        by_V = by_V * (1 - spiked[n]) + slope[n] * (felt * of_output[n + delays]).sum(axis=1)
        by_I, by_V = by_I * kept.keep_s + kept.passed_on * by_V, by_V * kept.keep_m
    return heard
