"""Signal and noise on the way back: how well what returns through the transpose tells active neurons x from others."""

from collections.abc import Callable
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def linear(heard: Floats) -> Floats:
    """What linear neurons do: as much as they hear."""
    return heard


def signal_to_noise(n_y: int, p: float, active: float, n_x: int, respond: Callable[[Floats], Floats] = linear) -> float:
    r"""The signal in the echo of a pattern, as a variance over the neurons x, divided by the variance of its noise.

    Of :math:`K = a\,n_x` active neurons x, :math:`y_j` hears :math:`h_j = \sum_k W_{jk}\,x_k`. It responds with
    :math:`f(h_j)`, and the echo is :math:`z_i = \sum_j W_{ji}\,f(h_j)`. Each :math:`W_{ji}` is 1 with probability
    :math:`p` and 0 otherwise. With :math:`g_n` a number from the binomial distribution of :math:`n` draws at :math:`p`,

    .. math::

        r = \frac{a (1 - a)\,N p\,(1 - p)\;\mathrm{E}\left[f(1 + g_{K-1}) - f(g_{K-1})\right]^2}
                 {(1 - a)\,\mathrm{E}\left[f(g_K)^2\right] + a\,\mathrm{E}\left[f(1 + g_{K-2})^2\right]} .

    The correlation of echo and pattern is :math:`\sqrt{r / (1 + r)}`. For linear neurons, each of which hears many
    active ones (:math:`K p \gg 1`),

    .. math::

        r \approx \frac{(1 - a)\,N\,(1 - p)}{n_x\,(1 - p + p\,a\,n_x)} .

    Parameters
    ----------
    n_y, n_x : how many neurons, N and n_x.
    p : the probability of a connection.
    active : the share a of neurons x in the pattern: at least two, and not all.
    respond : f, what neurons y do that hear so many active neurons x.

    Returns
    -------
    The ratio r. (Both are variances: its root compares sizes.)

    Raises
    ------
    ValueError : if p is no probability, or fewer than two or all neurons are active.

    Examples
    --------
    Linear neurons, the same with their mean taken off, and a threshold at the mean:

    >>> from solutions.models.spiking_autoencoder.return_path import signal_to_noise
    >>> for respond in (lambda heard: heard, lambda heard: heard - 3, lambda heard: (heard - 3).clip(0)):
    ...     print(round(signal_to_noise(100, 0.1, 0.3, 100, respond), 2))
    0.14
    0.67
    0.32
    """
    shown = round(active * n_x)
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}: a probability is 0 to 1")
    if not 2 <= shown < n_x:
        raise ValueError(f"active is {active}, {shown} of {n_x} neurons: at least 2 are expected, and not all")

    def mean(of: Callable[[Floats], Floats], count: int) -> float:
        """Over how many of ``count`` active neurons a y may hear."""
        heard: Floats = np.arange(count + 1, dtype=float)
        ways = np.array([comb(count, k) for k in range(count + 1)], dtype=float)
        return float(np.sum(ways * p**heard * (1 - p) ** (count - heard) * of(heard)))

    share = shown / n_x
    slope = mean(lambda heard: respond(1 + heard) - respond(heard), shown - 1)
    beside = mean(lambda heard: respond(heard) ** 2, shown)
    within = mean(lambda heard: respond(1 + heard) ** 2, shown - 2)
    return share * (1 - share) * n_y * p * (1 - p) * slope**2 / ((1 - share) * beside + share * within)
