"""The autoencoder's neurons for many patterns at once: what Brian2 computes, in numpy, on a grid of one millisecond.

Where a figure needs thousands of patterns, these put all of them side by side. One step does what Brian2 does in one
step and in the same order: leak, fire, receive, reset. For the same spikes that come in, the same spikes go out.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

STEP = 1.0  # ms
TAU = 10.0  # ms
THRESHOLD = 50.0  # mV
REFRACTORY = 2.0  # ms
SHORTEST = 100.0  # ms
"""Over less time a number of spikes says little of a rate."""


class LIFLayer:
    r"""LIF neurons that receive spikes through weights, for many examples side by side.

    In a step of :math:`\Delta t`, with 1 for each input :math:`s_j` that fires and :math:`k = e^{-\Delta t / \tau}`,

    .. math:: v_i \to k\,v_i + (1 - k)\,\text{tonic}_i, \quad \text{a spike if } v_i \ge 50\text{ mV}, \qquad
        v_i \to \begin{cases} 0 & \text{at a spike and for 2 ms after it} \\
        v_i + \sum_j W_{ij}\,s_j & \text{else.} \end{cases}

    Parameters
    ----------
    weights : in mV, shape (n_to, n_from).
    tonic : a steady drive in mV, a number or shape (n_to,): where the membrane would come to rest without any spike.
    step : of time, in ms.

    Attributes
    ----------
    v : the potentials in mV, shape (examples, n_to), float32; None before the first step.

    Examples
    --------
    With an input spike of 20 mV in each millisecond it fires every 6 ms:

    >>> import numpy as np
    >>> from solutions import LIFLayer
    >>> layer = LIFLayer(weights=[[20.0]])
    >>> potentials, spikes = [], []
    >>> for _ in range(20):
    ...     spikes.append(int(layer(np.ones((1, 1)))[0, 0]))
    ...     potentials.append(float(layer.v[0, 0]))
    >>> spikes
    [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    """

    def __init__(self, weights: ArrayLike, tonic: ArrayLike = 0.0, step: float = STEP) -> None:
        table = np.asarray(weights, dtype=np.float32)
        if table.ndim != 2:
            raise ValueError(f"weights have shape {table.shape}, expected (n_to, n_from)")
        if not step > 0:
            raise ValueError(f"step is {step} ms: a step of time is positive")
        self._down = table.T
        self._keep = np.float32(np.exp(-step / TAU))
        self._lift = (1 - self._keep) * np.asarray(tonic, dtype=np.float32)
        self._rest = round(REFRACTORY / step)
        self.v: NDArray[np.float32] | None = None
        self._tired = np.zeros(0, dtype=np.int16)

    def __call__(self, spikes: ArrayLike) -> NDArray[np.float32]:
        """One step: the spikes that come in, shape (examples, n_from), and those that go out, (examples, n_to)."""
        received = np.asarray(spikes, dtype=np.float32) @ self._down
        if self.v is None:
            self.v, self._tired = np.zeros_like(received), np.zeros(received.shape, dtype=np.int16)
        awake = self._tired <= 0
        leaked = self.v * self._keep + self._lift
        fired = awake & (leaked >= THRESHOLD)
        self.v = np.where(awake & ~fired, leaked + received, np.float32(0))  # after a spike nothing is received
        self._tired = np.where(fired, self._rest, self._tired) - 1
        return fired.astype(np.float32)


def poisson_response(
    rates: ArrayLike,
    weights: ArrayLike,
    rng: np.random.Generator,
    *,
    tonic: ArrayLike = 0.0,
    settle: float = 200.0,
    duration: float = 1000.0,
) -> Floats:
    """The mean rates of LIF neurons whose inputs fire as Poisson neurons.

    Parameters
    ----------
    rates : of the inputs, in Hz, shape (examples, n_from).
    weights : in mV, shape (n_to, n_from).
    rng : where the spikes of the inputs come from.
    tonic : a steady drive of each neuron, in mV.
    settle, duration : ms before anything is counted, and ms that are counted.

    Returns
    -------
    In Hz, shape (examples, n_to).

    Raises
    ------
    ValueError : if a shape does not fit, a rate is negative, or less than 100 ms are counted.

    Examples
    --------
    Inputs of 200 Hz that lift a neuron by 10 mV hardly make it fire. At 60 mV every input spike does, unless the neuron
    is refractory:

    >>> import numpy as np
    >>> from solutions import poisson_response
    >>> sizes = np.array([10, 20, 30, 40, 50, 60])
    >>> inputs = np.full((50, 6), 200.0)
    >>> fired = poisson_response(inputs, np.diag(sizes), np.random.default_rng(0)).mean(axis=0)
    >>> fired.round()
    array([  0.,  28.,  57.,  79.,  82., 141.])
    """
    layer = LIFLayer(weights, tonic)
    chance, counts = _chance(rates, np.shape(weights)[1], STEP), np.zeros(1)
    for number in range(_steps(settle, duration, STEP)):
        fired = layer(rng.random(chance.shape, dtype=np.float32) < chance)
        if number * STEP >= settle:
            counts = counts + fired
    return np.asarray(counts, dtype=float) * 1000 / duration


def closed_loop_rates(
    rates: ArrayLike,
    forward: ArrayLike,
    feedback: ArrayLike,
    input_weight: float,
    rng: np.random.Generator,
    *,
    duration: float = 1000.0,
) -> tuple[Floats, Floats]:
    """The mean rates of x and y, with both directions connected all the time and a step of 0.1 ms.

    Parameters
    ----------
    rates : of the Poisson input to x, in Hz, shape (examples, n_x).
    forward, feedback : W and U in mV, shapes (n_y, n_x) and (n_x, n_y).
    input_weight : by how many mV a spike of the input lifts x.
    rng : where the spikes of the input come from.
    duration : in ms.

    Returns
    -------
    In Hz, shapes (examples, n_x) and (examples, n_y).

    Raises
    ------
    ValueError : if a shape does not fit, a rate is negative, or less than 100 ms are counted.

    Examples
    --------
    Ten neurons x, half of them driven by input, and one neuron y that hears all of them and makes all of them fire:

    >>> import numpy as np
    >>> from solutions import closed_loop_rates
    >>> shown = np.repeat([[200.0, 0.0]], 5, axis=1)
    >>> there, back = np.full((1, 10), 10.0), np.full((10, 1), 60.0)
    >>> x, y = closed_loop_rates(shown, there, back, 60.0, np.random.default_rng(0))
    >>> x.round()
    array([[166., 172., 164., 164., 173.,  76.,  76.,  76.,  76.,  76.]])
    """
    step = 0.1
    n_x, n_y = np.shape(feedback)
    if np.shape(forward) != (n_y, n_x):
        raise ValueError(f"forward has shape {np.shape(forward)}, expected ({n_y}, {n_x}): feedback is ({n_x}, {n_y})")
    down = np.concatenate([input_weight * np.eye(n_x), np.asarray(feedback, dtype=float)], axis=1)
    x, y = LIFLayer(down, step=step), LIFLayer(forward, step=step)
    chance = _chance(rates, n_x, step)
    from_y = np.zeros((len(chance), n_y), dtype=np.float32)
    count_x, count_y = np.zeros(1), np.zeros(1)
    for _ in range(_steps(0, duration, step)):
        seen = rng.random(chance.shape, dtype=np.float32) < chance
        from_x = x(np.concatenate([seen, from_y], axis=1))
        from_y = y(from_x)
        count_x, count_y = count_x + from_x, count_y + from_y
    return count_x * 1000 / duration, count_y * 1000 / duration


def _chance(rates: ArrayLike, n_from: int, step: float) -> NDArray[np.float32]:
    """Of a spike in a step, for Poisson neurons of so many Hz; from one a step on it is certain."""
    table = np.asarray(rates, dtype=np.float32)
    if table.ndim != 2 or table.shape[1] != n_from:
        raise ValueError(f"rates have shape {table.shape}, expected (examples, {n_from}) for these weights")
    if not (table >= 0).all():
        raise ValueError(f"rates go down to {table.min():g} Hz: a rate is not negative")
    return table * np.float32(step / 1000)


def _steps(settle: float, duration: float, step: float) -> int:
    if not (settle >= 0 and duration >= SHORTEST):
        raise ValueError(f"settle is {settle}, duration {duration} ms: at least 0 and {SHORTEST:g} are expected")
    return round((settle + duration) / step)


class Apprentice:
    r"""Feedback from y to x that corrects itself at each spike of y: what ``LearnedFeedback`` is in Brian2.

    Every spike of x leaves a trace :math:`r_i` at x, every spike of y brings its weight to a dendrite :math:`d_i` of x,
    and both fade in 50 ms. The error is the trace minus the dendrite, less the slow mean :math:`s_i` of this difference
    over 5 s; each synapse whose y has just fired grows by ``rate`` times the error of its x:

    .. math:: \Delta U_{ij} = \eta\,(r_i - d_i - s_i) .

    Parameters
    ----------
    there : the connections up, W in mV, shape (n_y, n_x).
    feedback : U before learning, shape (n_x, n_y).
    rate : the learning rate.

    Attributes
    ----------
    feedback : as it is now.

    Raises
    ------
    ValueError : if the shapes do not fit, or the rate is not positive.

    Examples
    --------
    Two neurons x take turns, and each has a neuron y of its own. The feedback finds out whose is whose:

    >>> import numpy as np
    >>> from solutions import Apprentice
    >>> apprentice, learned = Apprentice(there=60 * np.eye(2), feedback=np.zeros((2, 2)), rate=0.002), []
    >>> for millisecond in range(10_000):
    ...     learned.append(apprentice.feedback.copy())
    ...     fired = apprentice(np.arange(2) == millisecond // 100 % 2)
    >>> learned[-1].round(1)
    array([[ 2.6, -0.1],
           [-0.1,  2.6]])
    """

    TRACE, SLOW = 50.0, 5000.0  # ms

    def __init__(self, there: ArrayLike, feedback: ArrayLike, rate: float) -> None:
        self.feedback = np.array(feedback, dtype=float)
        if np.shape(there) != self.feedback.shape[::-1]:
            raise ValueError(f"there has shape {np.shape(there)} and feedback {self.feedback.shape}: one is turned")
        if not rate > 0:
            raise ValueError(f"rate is {rate}: a learning rate is positive")
        self._layer, self._rate = LIFLayer(there), rate
        self._trace, self._dendrite, self._slow = np.zeros((3, len(self.feedback)))

    def __call__(self, spikes: ArrayLike) -> NDArray[np.float32]:
        """One millisecond: the spikes of x, shape (n_x,), and those of y that follow, (n_y,)."""
        spikes = np.asarray(spikes, dtype=np.float32)
        out = self._layer(spikes[None])[0]
        change = (self._trace - self._dendrite - self._slow) / self.SLOW
        self._trace -= self._trace * STEP / self.TRACE
        self._dendrite -= self._dendrite * STEP / self.TRACE
        self._slow += change * STEP
        fired = np.flatnonzero(out)
        self._dendrite += self.feedback[:, fired].sum(axis=1)
        error = self._trace - self._dendrite - self._slow
        self.feedback[:, fired] += self._rate * error[:, None]
        self._trace += spikes
        return out
