r"""Weights and delays together: exact slopes for both, and the two usual ways around them.

Mészáros, Knight & Nowotny, *Efficient event-based delay learning in spiking neural networks* (2025),
doi:10.48550/arXiv.2501.07331, for the gradient of delays. Wunderlich & Pehle, Scientific Reports 11 (2021),
doi:10.1038/s41598-021-91786-z, for the adjoint and its jumps. Neftci, Mostafa & Zenke, IEEE Signal Processing Magazine
36 (2019), doi:10.1109/MSP.2019.2931595, for surrogate gradients. Hammouamri, Khalfaoui-Hassani & Masquelier, ICLR 2024,
for kernels over delays.

All times are in milliseconds. A neuron and its synapse are those of the chapter on the adjoint,

.. math:: \tau_m \dot V = -V + I, \qquad \tau_s \dot I = -I,

and a spike of neuron n at time t lifts the current of neuron m by :math:`w_{nm}` at :math:`t + d_{nm}`.
"""

import numpy as np
from numpy.typing import NDArray


def arrivals(times: NDArray, senders: NDArray, weights: NDArray, delays: NDArray, duration: float) -> NDArray:
    """When each spike arrives, and at whom.

    A spike of sender s at time t arrives at receiver r at t + delays[s, r], if there is a
    synapse: where the weight is 0 there is none. Spikes of hidden neurons, which have rows
    in the weights as inputs have, arrive in the same way.

    Parameters
    ----------
    times : shape (K,), when each spike is sent, in ms, in any order.
    senders : shape (K,), who sends it: a row of the weights.
    weights, delays : shape (S, R), a row for each sender, a column for each receiver;
        delays in ms.
    duration : what would arrive at this time or later, in ms, does not arrive.

    Returns
    -------
    Shape (A, 3), a row for each arrival, earliest first: time, sender, receiver.
    """
    ### BEGIN SOLUTION
    spike, receiver = np.nonzero(weights[senders])
    sender = senders[spike]
    reached = times[spike] + delays[sender, receiver]
    rows = np.stack([reached, sender, receiver], axis=1)[reached < duration]
    return rows[rows[:, 0].argsort()]
    ### END SOLUTION


def delay_gradient(arrived: NDArray, weights: NDArray, lambdas: NDArray) -> NDArray:
    """How the loss changes with the delay of each synapse: dL/dd, per ms.

        dL/dd[s, r] = weights[s, r] * (the sum of lambda_V - lambda_I over its arrivals)

    Parameters
    ----------
    arrived : shape (A, 3), time, sender and receiver of each arrival, as ``arrivals``
        returns them.
    weights : shape (S, R).
    lambdas : shape (A, 2), for each arrival lambda_V and lambda_I of its receiver when it
        arrives.

    Returns
    -------
    Shape (S, R); 0 where nothing arrives.
    """
    ### BEGIN SOLUTION
    sender, receiver = arrived[:, 1:].astype(int).T
    felt = np.zeros(weights.shape)
    np.add.at(felt, (sender, receiver), lambdas[:, 0] - lambdas[:, 1])
    return weights * felt
    ### END SOLUTION


def delayed_jump(
    lambdas: NDArray, step: int, n: int, weights: NDArray, delays: NDArray, current: float, threshold: float
) -> float:
    """The adjoint of a neuron's voltage just before its spike, where its listeners hear it later.

        before = after + (threshold * after + felt) / (current - threshold)

    where ``after`` is lambda_V of neuron n at the step of its spike, and ``felt`` the sum
    of weights[m] * (lambda_V - lambda_I) of each listener m, delays[m] steps later.

    Parameters
    ----------
    lambdas : shape (N, M, 2): lambda_V and lambda_I of each of M neurons at each of N steps.
    step : the step at which neuron n spikes; lambdas[step] is what holds just after it.
    n : the neuron that spikes.
    weights : shape (M,), from neuron n to each neuron, itself included.
    delays : shape (M,), from neuron n to each neuron, in whole steps from 0. What would
        arrive after the last step, N - 1, does not arrive.
    current : that of neuron n just before its spike, larger than the threshold.
    threshold : the voltage at which it spikes.

    Returns
    -------
    One number: lambda_V of neuron n just before its spike.
    """
    ### BEGIN SOLUTION
    later = step + delays
    listener = np.flatnonzero(later < len(lambdas))
    lambda_V, lambda_I = lambdas[later[listener], listener].T
    felt = weights[listener] @ (lambda_V - lambda_I)
    after = lambdas[step, n, 0]
    return float(after + (threshold * after + felt) / (current - threshold))
    ### END SOLUTION


def surrogate_spike(voltage: NDArray, threshold: float, steepness: float) -> tuple[NDArray, NDArray]:
    """A hard spike forwards, and the slope of a soft one backwards.

    Forwards a spike is 1 where the voltage is at the threshold or above it, and 0 below.
    Backwards its slope is said to be that of a sigmoid,

        soft = 1 / (1 + exp(-steepness * (voltage - threshold)))

    Parameters
    ----------
    voltage : shape (N,). It may be so far from the threshold that an exponential is
        infinite; the slope is 0 there.
    threshold : the voltage at which a spike begins.
    steepness : how steep the sigmoid is, per unit of voltage; above 0.

    Returns
    -------
    Two arrays of shape (N,): the spikes, and d soft / d voltage.
    """
    ### BEGIN SOLUTION
    above = steepness * (voltage - threshold)
    fading = np.exp(-abs(above))
    slope = steepness * fading / (1 + fading) ** 2
    return np.where(above >= 0, 1.0, 0.0), slope
    ### END SOLUTION


def agreement(first: NDArray, second: NDArray) -> NDArray:
    """How well two gradients agree, for each receiver: the cosine of the angle between their columns.

    1 if both point the same way, 0 if they are at right angles, -1 if they are opposed;
    how long they are does not matter. A column of nothing but 0 has no direction: there
    the agreement is 0.

    Parameters
    ----------
    first, second : shape (S, R). Their numbers may be so small that their squares are 0
        for the computer, 1e-200 say.

    Returns
    -------
    Shape (R,), from -1 to 1.
    """
    ### BEGIN SOLUTION
    sizes = np.abs([first, second]).max(axis=1)
    sizes[sizes == 0] = 1
    one, other = first / sizes[0], second / sizes[1]
    lengths = np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))
    return (one * other).sum(axis=0) / np.where(lengths > 0, lengths, 1)
    ### END SOLUTION


def dense_kernel(delay: float, width: float, n_delays: int) -> tuple[NDArray, NDArray]:
    """A delay spread over whole delays by a normal curve, and how each share changes with it.

        share[k] is proportional to exp(-(k - delay)**2 / (2 * width**2)),   k = 0, 1, ...

    Parameters
    ----------
    delay : the centre, in steps.
    width : the standard deviation of the curve, in steps; above 0. It may be so small that
        every exponential is 0 for the computer.
    n_delays : whole delays go from 0 to n_delays - 1.

    Returns
    -------
    Two arrays of shape (n_delays,): the shares, which add up to 1, and d share / d delay,
    per step.
    """
    ### BEGIN SOLUTION
    away = np.arange(n_delays) - delay
    height = -(away**2) / (2 * width**2)
    bell = np.exp(height - height.max())
    share = bell / bell.sum()
    slope = share * (away - share @ away) / width**2
    return share, slope
    ### END SOLUTION
