r"""The adjoint: exact gradients through spikes.

Wunderlich & Pehle, *Event-based backpropagation can compute exact gradients for spiking neural networks*, Scientific
Reports 11 (2021), doi:10.1038/s41598-021-91786-z, for the adjoint, its jumps and the gradient (their table 1). Nowotny,
Turner & Knight, *Loss shaping enhances exact gradient learning with Eventprop in spiking neural networks*, Neuromorphic
Computing and Engineering 5 (2025), doi:10.1088/2634-4386/ada852, for the four losses.

All times are in milliseconds, and step n is the moment n dt. A neuron and its synapse are

.. math:: \tau_m \dot V = -V + I, \qquad \tau_s \dot I = -I, \qquad I \to I + w \text{ at a spike.}

With L a loss of the voltages, :math:`\lambda_V = -\frac{1}{\tau_m} dL/dV` and :math:`\lambda_I = -\frac{1}{\tau_s}
dL/dI`: how much a small kick to the voltage or to the current, now, would *lower* the loss.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def forward(
    steps: ArrayLike, weight: float, n_steps: int, dt: float, tau_m: float = 20.0, tau_s: float = 5.0
) -> NDArray[np.float64]:
    """Voltage and current of a neuron that hears spikes, whatever the time step.

    Both start at 0. At each step voltage and current evolve for dt, each by its exact
    formula. Then each spike of this step lifts the current by the weight.
    (Rotter & Diesmann 1999, doi:10.1007/s004220050570.)

    Parameters
    ----------
    steps : shape (K,): the steps at which a spike arrives, whole numbers from 0 to
        N - 1 in any order. Two in one step count twice, and there may be none.
    weight : what one spike adds to the current; it may be negative.
    n_steps : how many steps to record, N.
    dt : the length of a step, in ms.
    tau_m, tau_s : the time constants of membrane and synapse, in ms. They differ.

    Returns
    -------
    Shape (N, 2): V and I at each step, I with the spikes of this step.
    """
    ### BEGIN SOLUTION
    keep_m, keep_s = np.exp(-dt / tau_m), np.exp(-dt / tau_s)
    arrives = weight * np.bincount(np.asarray(steps, dtype=int), minlength=n_steps)
    trace, V, I = np.zeros((n_steps, 2)), 0.0, 0.0
    for n in range(len(trace)):
        V = V * keep_m + I * tau_s / (tau_m - tau_s) * (keep_m - keep_s)
        I = I * keep_s + arrives[n]
        trace[n] = V, I
    return trace
    ### END SOLUTION


def euler_adjoint(push: ArrayLike, dt: float, tau_m: float = 20.0, tau_s: float = 5.0) -> NDArray[np.float64]:
    """The adjoint of a neuron, backwards in time with Euler's step.

    Backwards in time, from 0 after the last step,

        tau_m d lambda_V = (push - lambda_V) dt
        tau_s d lambda_I = (lambda_V - lambda_I) dt

    Both slopes are taken with the lambdas as they were before the step.

    Parameters
    ----------
    push : shape (N,), at least one step: how much the loss wants the voltage to rise at each step: minus dl/dV.
    dt : the length of a step, in ms.
    tau_m, tau_s : the time constants of membrane and synapse, in ms.

    Returns
    -------
    Shape (N, 2): lambda_V and lambda_I at each step, the push of this step included,
    earliest first.
    """
    ### BEGIN SOLUTION
    push = np.asarray(push, dtype=float)
    lambdas, lambda_V, lambda_I = np.zeros((len(push), 2)), 0.0, 0.0
    for n in range(len(push) - 1, -1, -1):
        slope_V, slope_I = (push[n] - lambda_V) / tau_m, (lambda_V - lambda_I) / tau_s
        lambda_V, lambda_I = lambda_V + slope_V * dt, lambda_I + slope_I * dt
        lambdas[n] = lambda_V, lambda_I
    return lambdas
    ### END SOLUTION


def exact_adjoint(push: ArrayLike, dt: float, tau_m: float = 20.0, tau_s: float = 5.0) -> NDArray[np.float64]:
    """The adjoint of a neuron, backwards in time, whatever the time step.

    The push is constant from each step to the next. Then lambda_V and lambda_I follow
    exponentials, and so each step is exact. They are 0 at the end of the last of these intervals.

    Parameters
    ----------
    push : shape (N,), at least one step: push[n] holds from step n to step n + 1.
    dt : the length of a step, in ms.
    tau_m, tau_s : the time constants of membrane and synapse, in ms. They differ.

    Returns
    -------
    Shape (N, 2): lambda_V and lambda_I at each step, earliest first.
    """
    ### BEGIN SOLUTION
    push = np.asarray(push, dtype=float)
    keep_m, keep_s = np.exp(-dt / tau_m), np.exp(-dt / tau_s)
    lambdas, lambda_V, lambda_I = np.zeros((len(push), 2)), 0.0, 0.0
    for n in range(len(push) - 1, -1, -1):
        gap = lambda_V - push[n]
        tilt = gap * tau_m / (tau_m - tau_s)
        lambda_I = push[n] + tilt * keep_m + (lambda_I - push[n] - tilt) * keep_s
        lambda_V = push[n] + gap * keep_m
        lambdas[n] = lambda_V, lambda_I
    return lambdas
    ### END SOLUTION


def spike_time_gradient(lambdas: ArrayLike, weight: float, steps: ArrayLike) -> NDArray[np.float64]:
    """How the loss changes with the time of each spike that is heard: dL/dt_k, per ms.

    Parameters
    ----------
    lambdas : shape (N, 2): lambda_V and lambda_I of the neuron at each step.
    weight : the weight of the synapse; it may be negative.
    steps : shape (K,): the steps of the K spikes, whole numbers from 0 to N - 1 in any
        order. Two may be the same, and there may be none.

    Returns
    -------
    Shape (K,), in the order of the steps: positive where a later spike would make the
    loss larger.
    """
    ### BEGIN SOLUTION
    heard = np.asarray(lambdas, dtype=float)[np.asarray(steps, dtype=int)]
    return weight * (heard[:, 0] - heard[:, 1])
    ### END SOLUTION


def weight_gradient(lambda_I: ArrayLike, spikes: ArrayLike, tau_s: float = 5.0) -> NDArray[np.float64]:
    """How the loss changes with each weight between two layers: dL/dw_jk.

    Parameters
    ----------
    lambda_I : shape (N, M), time first: lambda_I of each of M neurons that receive.
    spikes : shape (N, J), time first: 1 where one of J neurons spikes, 0 elsewhere.
    tau_s : the time constant of the synapses, in ms.

    Returns
    -------
    Shape (J, M): the row of a neuron that sends, the column of one that receives.
    """
    ### BEGIN SOLUTION
    return -tau_s * np.asarray(spikes, dtype=float).T @ np.asarray(lambda_I, dtype=float)
    ### END SOLUTION


def next_spike(V: float, I: float, threshold: float, tau_m: float = 20.0, tau_s: float = 5.0) -> float:
    """When a neuron will reach its threshold, if nothing more arrives.

    Parameters
    ----------
    V, I : voltage and current now; the voltage is below the threshold. Both may be
        negative.
    threshold : above 0.
    tau_m, tau_s : the time constants of membrane and synapse, in ms; tau_m is the larger.

    Returns
    -------
    The time from now, in ms, accurate to four digits or more; infinity if the threshold
    is never reached.
    """
    ### BEGIN SOLUTION
    fast = I * tau_s / (tau_m - tau_s)
    slow = V + fast
    if V >= I or slow <= 0:  # it does not rise, or not above zero
        return np.inf
    peak = math.log(fast * tau_m / (slow * tau_s)) / (1 / tau_s - 1 / tau_m)
    early, late, middle = 0.0, np.inf, peak  # late stays infinite if not even the peak is high enough
    for _ in range(60):
        if slow * math.exp(-middle / tau_m) - fast * math.exp(-middle / tau_s) < threshold:
            early = middle
        else:
            late = middle
        middle = (early + late) / 2
    return late
    ### END SOLUTION


def jump(
    lambda_V: ArrayLike, lambda_I: ArrayLike, weights: ArrayLike, n: int, current: float, threshold: float
) -> NDArray[np.float64]:
    """The adjoint of the voltages just before a spike, from the one just after it.

    Neuron n spikes: its voltage goes from the threshold to 0, and the current of each
    neuron m is lifted by weights[m]. (Wunderlich & Pehle 2021, table 1.)

    Parameters
    ----------
    lambda_V, lambda_I : shape (M,), of all neurons just after the spike.
    weights : shape (M,), from neuron n to each neuron, itself included.
    n : the neuron that spikes.
    current : that of neuron n just before its spike, larger than the threshold.
    threshold : the voltage at which it spikes.

    Returns
    -------
    Shape (M,): lambda_V of all neurons just before the spike. The arrays given are
    left as they were.
    """
    ### BEGIN SOLUTION
    before, lambda_I = np.array(lambda_V, dtype=float), np.asarray(lambda_I, dtype=float)
    felt = np.dot(weights, before - lambda_I)
    before[n] += (threshold * before[n] + felt) / (current - threshold)
    return before
    ### END SOLUTION


def loss_push(voltage: ArrayLike, target: int, dt: float, shape: str) -> NDArray[np.float64]:
    """How hard a loss pushes each output's voltage at each step: -dL/dV[n, k] / dt.

    The loss of K scores is -log softmax(scores)[target]. For the shape

        "average"   there is a loss at each step, of the scores V[n], and L is their mean.

    For the others there is one loss at the end, T = N dt, and the score of output k is

        "sum"       the mean of V[:, k] over time, sum over n of V[n, k] dt / T;
        "weighted"  the sum over n of V[n, k] exp(-n dt / T) dt / T: early counts more;
        "max"       the largest V[:, k]: only its step (the first, if several) is pushed.

    Parameters
    ----------
    voltage : shape (N, K), time first: K outputs. The exponential of a voltage may be
        infinite.
    target : which output should win, from 0.
    dt : the length of a step, in ms.
    shape : one of the four names.

    Returns
    -------
    The push, shape (N, K), per ms: positive where more voltage would lower the loss.
    """
    if shape not in ("average", "sum", "weighted", "max"):
        raise ValueError(f"shape is {shape!r}, expected 'average', 'sum', 'weighted' or 'max'")
    ### BEGIN SOLUTION
    voltage = np.asarray(voltage, dtype=float)
    n_steps, n_outputs = voltage.shape
    weights = np.full(voltage.shape, 1 / (n_steps * dt))
    if shape == "weighted":
        weights *= np.exp(-np.arange(n_steps) / n_steps)[:, None]
    if shape == "max":
        weights = (np.arange(n_steps)[:, None] == voltage.argmax(axis=0)) / dt
    scores = voltage if shape == "average" else (weights * voltage * dt).sum(axis=0, keepdims=True)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights * (np.eye(n_outputs)[target] - odds / odds.sum(axis=1, keepdims=True))
    ### END SOLUTION
