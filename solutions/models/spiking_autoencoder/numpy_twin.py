"""The autoencoder's neurons for many patterns at once: what Brian2 computes, in numpy, on a grid of one millisecond.

Brian2 takes a second for each second of each pattern. Where a figure needs thousands of them, these functions put all
patterns side by side. One step does what Brian2 does in one step and in the same order: leak, fire, receive, reset.
"""

from collections.abc import Iterator

import numpy as np

STEP = 1.0  # ms
TAU = 10.0  # ms
THRESHOLD = 50.0  # mV
REFRACTORY = 2.0  # ms


def sparse(n_to: int, n_from: int, p: float, weight: float, rng: np.random.Generator) -> np.ndarray:
    """A weight matrix, shape (n_to, n_from): each connection is there with probability p and lifts by ``weight`` mV."""
    return weight * (rng.random((n_to, n_from)) < p)


def poisson(rates: np.ndarray, duration: float, rng: np.random.Generator, step: float = STEP) -> Iterator[np.ndarray]:
    """Spikes of Poisson neurons, one array like ``rates`` (Hz) for each step: 1 where one fires, 0 elsewhere."""
    chance = np.asarray(rates, dtype=np.float32) * np.float32(step / 1000)
    for _ in range(round(duration / step)):
        yield (rng.random(chance.shape, dtype=np.float32) < chance).astype(np.float32)


class Layer:
    """LIF neurons that receive spikes through ``weights`` (mV), shape (n_to, n_from), for many examples side by side.

    ``tonic`` is a steady drive in mV: where the membrane would come to rest without any spike.
    """

    def __init__(self, weights: np.ndarray, tonic: np.ndarray | float = 0.0, step: float = STEP) -> None:
        self._down = np.asarray(weights, dtype=np.float32).T
        self._keep = np.float32(np.exp(-step / TAU))
        self._lift = (1 - self._keep) * np.asarray(tonic, dtype=np.float32)
        self._rest = round(REFRACTORY / step)
        self.v = self._tired = None

    def __call__(self, spikes: np.ndarray) -> np.ndarray:
        """One step: the spikes that come in, shape (examples, n_from), and those that go out, (examples, n_to)."""
        received = spikes @ self._down
        if self.v is None:
            self.v, self._tired = np.zeros_like(received), np.zeros(received.shape, dtype=np.int16)
        awake = self._tired <= 0
        leaked = self.v * self._keep + self._lift
        fired = awake & (leaked >= THRESHOLD)
        self.v = np.where(awake & ~fired, leaked + received, np.float32(0))  # after a spike nothing is received
        self._tired = np.where(fired, self._rest, self._tired) - 1
        return fired.astype(np.float32)


def response(
    rates: np.ndarray,
    weights: np.ndarray,
    rng: np.random.Generator,
    *,
    tonic: np.ndarray | float = 0.0,
    settle: float = 200.0,
    duration: float = 1000.0,
) -> np.ndarray:
    """The mean rates (Hz) of LIF neurons whose inputs fire as Poisson neurons at ``rates`` (Hz).

    Parameters
    ----------
    rates : shape (examples, n_from).
    weights : in mV, shape (n_to, n_from).
    tonic : a steady drive of each neuron, in mV.
    settle, duration : ms before anything is counted, and ms that are counted.

    Returns
    -------
    Shape (examples, n_to).
    """
    layer, counts = Layer(weights, tonic), 0
    for number, spikes in enumerate(poisson(rates, settle + duration, rng)):
        fired = layer(spikes)
        if number * STEP >= settle:
            counts = counts + fired
    return np.asarray(counts, dtype=float) * 1000 / duration


def closed_loop(
    rates: np.ndarray,
    forward: np.ndarray,
    feedback: np.ndarray,
    input_weight: float,
    rng: np.random.Generator,
    *,
    duration: float = 1000.0,
) -> tuple[np.ndarray, np.ndarray]:
    """The mean rates (Hz) of both populations, with both directions connected all the time and a step of 0.1 ms.

    ``rates`` are those of the Poisson input to x, shape (examples, n_x); its spikes lift x by ``input_weight`` mV.
    """
    step = 0.1
    n_x, n_y = feedback.shape
    down = np.concatenate([input_weight * np.eye(n_x), feedback], axis=1)
    x, y = Layer(down, step=step), Layer(forward, step=step)
    from_y = np.zeros((len(rates), n_y), dtype=np.float32)
    count_x = count_y = 0
    for spikes in poisson(rates, duration, rng, step):
        from_x = x(np.concatenate([spikes, from_y], axis=1))
        from_y = y(from_x)
        count_x, count_y = count_x + from_x, count_y + from_y
    return count_x * 1000 / duration, count_y * 1000 / duration


class Apprentice:
    """Feedback from y to x that corrects itself at each spike of y, with what is at hand at each synapse.

    Every spike of x leaves a trace at x, every spike of y brings its weight to a dendrite of x, and both fade in 50 ms.
    What the trace is larger than the dendrite, less the slow mean of this difference over 5 s, is the error; each
    synapse whose y has just fired grows by ``rate`` times the error of its x.
    """

    TRACE, SLOW = 50.0, 5000.0  # ms

    def __init__(self, there: np.ndarray, feedback: np.ndarray, rate: float) -> None:
        self._layer, self._rate = Layer(there), rate
        self.feedback = np.array(feedback, dtype=float)
        self._trace, self._dendrite, self._slow = np.zeros((3, len(feedback)))

    def __call__(self, spikes: np.ndarray) -> np.ndarray:
        """One millisecond: the spikes of x, shape (n_x,), and those of y that follow, (n_y,)."""
        out = self._layer(np.asarray(spikes, dtype=np.float32)[None])[0]
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
