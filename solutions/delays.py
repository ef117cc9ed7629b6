r"""Learning delays: spikes moved by any amount, slopes for them, and readouts that notice when spikes coincide.

Jeffress, *A place theory of sound localization*, J. Comp. Physiol. Psychol. 41 (1948), doi:10.1037/h0061495, for lines
of delays and neurons that fire at coincidences. Bengio, Léonard & Courville (2013), arXiv:1308.3432, for the
straight-through slope. Hammouamri, Khalfaoui-Hassani & Masquelier, *Learning delays in spiking neural networks using
dilated convolutions with learnable spacings*, ICLR 2024, for the kernel with a width that shrinks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def delayed(spikes: ArrayLike, delays: ArrayLike) -> NDArray[np.float64]:
    """Each train after its delay. A delay between two steps splits a spike between them.

        moved[t, n] = (1 - part) * spikes[t - whole, n] + part * spikes[t - whole - 1, n]

    with whole = floor(delays[n]) and part = delays[n] - whole.

    Parameters
    ----------
    spikes : shape (T, N), time first. Before and after the recording there are none.
    delays : shape (N,), in steps. A positive delay delays; a negative one brings a train forward.

    Returns
    -------
    The moved trains, shape (T, N). What leaves the recording at either end is lost.
    """
    ### BEGIN SOLUTION
    spikes, delays = np.asarray(spikes, dtype=float), np.asarray(delays, dtype=float)
    steps, trains, behind = np.arange(len(spikes))[:, None], np.arange(spikes.shape[1]), len(spikes) + 1
    source = steps - delays
    whole = np.floor(source).astype(int)
    silent = np.pad(spikes, ((1, 1), (0, 0)))
    early, late = silent[np.clip(whole + 1, 0, behind), trains], silent[np.clip(whole + 2, 0, behind), trains]
    return early + (source - whole) * (late - early)
    ### END SOLUTION


def delay_slope(spikes: ArrayLike, delays: ArrayLike) -> NDArray[np.float64]:
    """How fast each value of the moved trains changes with the delay of its train.

    The derivative of ``delayed`` with respect to ``delays[n]``. At a whole delay there is
    a kink: take the slope towards the larger delay there.

    Parameters
    ----------
    spikes : shape (T, N), time first.
    delays : shape (N,), in steps.

    Returns
    -------
    Shape (T, N), in values per step.
    """
    ### BEGIN SOLUTION
    whole = np.floor(np.asarray(delays, dtype=float))
    return delayed(spikes, whole + 1) - delayed(spikes, whole)
    ### END SOLUTION


def round_straight_through(delays, limit: float):
    """Whole delays between -limit and limit, which let the gradient through.

    Parameters
    ----------
    delays : a torch tensor of any shape, in steps.
    limit : the largest delay allowed, a whole number.

    Returns
    -------
    A tensor of the same shape. Its gradient reaches ``delays`` unchanged, beyond the limit too.
    """
    import torch

    ### BEGIN SOLUTION
    whole = torch.round(torch.clamp(delays, -limit, limit))
    return delays + (whole - delays).detach()
    ### END SOLUTION


def coincidences(spikes: ArrayLike, tau: float, every_pair: bool = False) -> float:
    """How much coincides: leaky traces, multiplied in pairs, summed over pairs and time.

        v[t, n] = exp(-1/tau) * v[t - 1, n] + spikes[t, n]

    Parameters
    ----------
    spikes : shape (T, N), time first.
    tau : the time constant of the traces, in steps; it may be much shorter than one.
    every_pair : False: the first train with each of the others. True: all pairs of
        trains, each pair once.

    Returns
    -------
    One number.
    """
    ### BEGIN SOLUTION
    spikes = np.asarray(spikes, dtype=float)
    keep = np.exp(-1 / tau)
    trace, v = np.zeros_like(spikes), np.zeros(spikes.shape[1])
    for t, arrived in enumerate(spikes):
        v = keep * v + arrived
        trace[t] = v
    if every_pair:
        products = (trace.sum(axis=1) ** 2 - (trace**2).sum(axis=1)) / 2
    else:
        products = trace[:, 0] * trace[:, 1:].sum(axis=1)
    return float(products.sum())
    ### END SOLUTION


def ear_probabilities(angle: float, phase: float, hertz: float, steps: int) -> NDArray[np.float64]:
    """How likely a fibre of each ear is to fire, in each step of 1 ms, while a tone is on.

        p = 0.6 * ((1 + sin(x)) / 2) ** 10

    with x = 2 pi (hertz * time + phase) in the first ear, and ``angle`` more than that in the second.

    Parameters
    ----------
    angle : by how much the second ear is ahead of the first, in degrees of a cycle of the tone.
    phase : where in its cycle the tone begins, 0 to 1.
    hertz : the frequency of the tone; time is in seconds.
    steps : how many steps of 1 ms; the first is at time 0.

    Returns
    -------
    Shape (steps, 2), time first.
    """
    ### BEGIN SOLUTION
    time = np.arange(steps) / 1000
    first = 2 * np.pi * (hertz * time + phase)
    second = first + np.radians(angle)
    both = np.stack([first, second], axis=1)
    return 0.6 * (0.5 * (1 + np.sin(both))) ** 10
    ### END SOLUTION


def cross_entropy(sums: ArrayLike, labels: Sequence[int], gain: float) -> float:
    """How surprised a reader of the sums is: the mean of -log p(right class), in nats.

        p(class) = exp(gain * sums[class]) / (the same, added up over all classes)

    Parameters
    ----------
    sums : shape (S, K): for each of S samples one sum for each of K classes.
    labels : S whole numbers, the right class of each sample.
    gain : the factor by which the sums are multiplied first.

    Returns
    -------
    One number: the mean over the samples, 0 for a reader that is always sure and right.

    The sums may be so far apart that p is too small for a number: log p is not.
    """
    ### BEGIN SOLUTION
    logits = gain * np.asarray(sums, dtype=float)
    highest = logits.max(axis=1)
    total = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
    right = logits[np.arange(len(logits)), np.asarray(labels, dtype=int)]
    return float((total - right).mean())
    ### END SOLUTION


def delay_kernel(delay: float, width: float, limit: int) -> NDArray[np.float64]:
    """How much of a spike goes to each whole delay: a Gaussian curve around ``delay``.

        weight[k] is proportional to exp(-(k - delay)**2 / (2 * width**2))

    Parameters
    ----------
    delay : the centre, in steps; it may lie beyond the limit.
    width : the standard deviation, in steps.
    limit : whole delays go from -limit to limit.

    Returns
    -------
    2 * limit + 1 weights that add up to 1, the one of -limit first.
    """
    ### BEGIN SOLUTION
    away = np.arange(-limit, limit + 1) - delay
    weights = np.exp(-(away**2) / (2 * width**2))
    return weights / weights.sum()
    ### END SOLUTION


def delay_change(first: ArrayLike, second: ArrayLike, tau: float, rate: float) -> float:
    """How much a neuron changes the delay of its second input, going by what it hears.

    Every spike of the first input counts with every spike of the second:

        x = (time of the first - time of the second) / tau
        change = rate * (the sum of x * exp(-|x|) over all pairs)

    Parameters
    ----------
    first, second : when their spikes arrive, in ms. A number each, as many as there are.
    tau : the distance at which a pair counts most, in ms.
    rate : in ms.

    Returns
    -------
    The change of the delay in ms. Positive: the second input came too early, and has to
    wait longer.
    """
    ### BEGIN SOLUTION
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = (first[:, None] - second) / tau
    return float(rate * (x * np.exp(-abs(x))).sum())
    ### END SOLUTION
