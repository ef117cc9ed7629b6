"""Delays learned by gradient, fast: coincidences of all whole delays are counted once, and training only looks them up.

The readout multiplies two traces and sums over time. Delaying a train delays its trace, so the sum for a delay D is one
value of the cross-correlation of two traces, the *landscape*. It is computed once for all D (:func:`landscape`); a step
of training reads a value and a slope from it. Nothing is approximated: the losses are those of the loop over samples
and steps.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Task(NamedTuple):
    """Patterns to bring to coincidence, and where the learning starts and stops.

    spikes : (P, N, T), one pattern of N inputs for each of P classes; the first input is not delayed.
    start : (N - 1, P), the first delays of the inputs behind the first, in steps; positive delays delay.
    """

    spikes: Array
    start: Array
    tau: float
    rate: float
    batch: int
    stop: float
    limit: int
    decay: float = 0.0


class Learned(NamedTuple):
    """The mean loss of every epoch, and the delays at its beginning: (epochs,) and (epochs, N - 1, P)."""

    losses: Array
    delays: Array


def traces(spikes: ArrayLike, tau: float) -> Array:
    """v[t] = exp(-1/tau) v[t - 1] + s[t] along the last axis: one product with a triangular matrix."""
    steps = np.arange(np.shape(spikes)[-1])
    age = steps - steps[:, None]
    return np.asarray(spikes) @ np.where(age >= 0, np.exp(-np.maximum(age, 0) / tau), 0.0)


def landscape(spikes: ArrayLike, tau: float, limit: int) -> Array:
    """The summed coincidences of the first input with each other one, for every whole delay of that one.

    Parameters
    ----------
    spikes : (..., N, T).
    tau : time constant of the traces, in steps.
    limit : delays go from -limit to limit.

    Returns
    -------
    (..., N - 1, 2 limit + 1): place k holds the delay k - limit.
    """
    steps = np.shape(spikes)[-1]
    room = [(0, 0)] * (np.ndim(spikes) - 1) + [(limit, limit)]
    padded = traces(np.pad(spikes, room), tau)
    first = padded[..., :1, limit : limit + steps]
    windows = np.lib.stride_tricks.sliding_window_view(padded[..., 1:, :], steps, axis=-1)
    return np.matmul(windows[..., ::-1, :], first[..., None])[..., 0]


def learn(task: Task, chosen: Callable[[], NDArray[np.int64]], epochs: int = 4000, side: int = -1) -> Learned:
    """Descend the squared distance of each sum from the largest so far, with whole delays and straight-through slopes.

    Parameters
    ----------
    chosen : draws the classes of one batch.
    side : where the slope at a whole delay is taken: -1 towards the smaller delay, +1 towards the larger.
    """
    delays = np.array(task.start, dtype=float)
    inputs, classes = delays.shape
    limit, tau = task.limit + 1, task.tau
    best = np.zeros(classes)
    every, each = np.arange(classes), np.arange(inputs)[:, None]
    heights = landscape(task.spikes, tau, limit)
    losses, passed = [], []
    for _ in range(epochs):
        if task.decay:
            heights = landscape(task.spikes, tau, limit)
        passed.append(delays.copy())
        places = np.rint(np.clip(delays, -task.limit, task.limit)).astype(int) + limit
        sums = heights[:, each, places].sum(axis=1)  # (patterns, classes)
        share = np.bincount(chosen(), minlength=classes) / task.batch
        drawn = share > 0
        highest = sums.max(axis=1)
        best = np.where(drawn, highest if task.decay else np.maximum(best, highest), best)
        short = np.diagonal(sums) - best
        losses.append(float((share * short**2).sum()))
        slopes = side * (heights[every, each, places + side] - heights[every, each, places])
        delays = delays - task.rate * 2 * share * short * slopes
        if task.decay:
            tau = tau * np.exp(-task.decay) if tau >= 2 else 2.0
        if losses[-1] < task.stop:
            break
    return Learned(np.array(losses), np.array(passed))


def placed(shapes: Array, duration: int, room: int) -> Array:
    """Patterns (N, P, duration) with the first input in the middle and the others moved behind it by chance."""
    inputs, classes, _ = shapes.shape
    spikes = np.zeros((classes, inputs, 3 * room + duration))
    for one in range(classes):
        spikes[one, 0, 2 * room : 2 * room + duration] = shapes[0, one]
        for other in range(1, inputs):
            begin = 2 * room + np.random.randint(0, duration)
            spikes[one, other, begin : begin + duration] = shapes[other, one]
    return spikes[:, :, :-1]  # the last step never counted


def tutorial_tasks() -> dict[str, Callable[[], tuple[Task, Callable]]]:
    """The three tasks of the tutorial, drawn from numpy's global generator in its order.

    The second begins where the first has left the generator: draw and learn them in this order.
    """

    def chance(*shape: int) -> Array:
        return np.random.choice([0, 1], size=shape, p=[0.7, 0.3]).astype(float)

    def same() -> tuple[Task, Callable]:
        np.random.seed(0)
        shapes = chance(3, 20, 20)
        chance(20, 3, 20, 20)  # drawn there, and used for nothing here
        spikes = placed(np.broadcast_to(shapes[0, 0], (3, 20, 20)), 20, 20)
        np.random.seed(0)
        start = -np.random.randint(1, 19, size=(2, 20), dtype=int).astype(float)
        return Task(spikes, start, 10, 0.2, 500, 1e-6, 19), lambda: np.random.choice(20, 500)

    def different() -> tuple[Task, Callable]:
        spikes = placed(chance(2, 20, 20), 20, 20)
        start = -np.random.randint(1, 19, size=(1, 20), dtype=int).astype(float)
        return Task(spikes, start, 30, 0.2, 500, 0.03, 19), lambda: np.random.choice(20, 500)

    def localisation() -> tuple[Task, Callable]:
        np.random.seed(0)
        np.random.rand()
        phase = 2 * np.pi * (50 * np.arange(50) * 1e-3 + np.random.rand())
        leads = np.radians(np.arange(-90, 90, 5))
        angles = np.stack([np.broadcast_to(phase, (36, 50)), phase + leads[:, None]], axis=1)
        fired = np.random.rand(36, 2, 50) < 0.6 * (0.5 * (1 + np.sin(angles))) ** 10
        spikes = np.pad(fired.astype(float), ((0, 0), (0, 0), (20, 39)))
        np.random.seed(0)
        start = -np.random.randint(1, 20, size=(1, 36), dtype=int).astype(float)
        return Task(spikes, start, 40, 0.5, 200, 1.0, 20, 0.01), lambda: np.random.choice(36, 200)

    return {"same patterns": same, "different patterns": different, "localisation": localisation}


WAYS = ("interpolation", "straight-through rounding", "shrinking Gaussian")


def climbed(heights: Array, start: Array, way: str, steps: int = 400, rate: float = 0.3, widest: float = 8.0) -> Array:
    """Where gradient ascent on a landscape ends, from many starts at once.

    Parameters
    ----------
    heights : (P, 2 limit + 1), one landscape for each class, place k holding the delay k - limit.
    start : (S, P), S starts for each class.
    way : one of the ``WAYS`` of giving a delay a slope. "interpolation" draws lines between whole delays;
        "straight-through rounding" stands on the nearest whole delay and takes the slope to the one before it;
        "shrinking Gaussian" reads a mean weighted with a normal curve around the delay, whose width falls from
        ``widest`` to half a step over the first nine tenths of the way (DCLS, Hammouamri et al. 2024).
    steps, rate : of Adam, the same for all.

    Returns
    -------
    (S, P), the nearest whole delays.
    """
    if way not in WAYS:
        raise ValueError(f"way is {way!r}; expected one of {', '.join(WAYS)}")
    classes, places = heights.shape
    limit = (places - 1) // 2
    heights = heights / heights.max(axis=1, keepdims=True)
    each, whole = np.arange(classes), np.arange(places) - limit
    delays = np.array(start, dtype=float)
    momentum, power = np.zeros_like(delays), np.zeros_like(delays)
    for step in range(1, steps + 1):
        if way == "shrinking Gaussian":
            width = max(0.5, widest * (0.5 / widest) ** (step / (0.9 * steps)))
            away = whole - delays[..., None]
            weights = np.exp(-((away / width) ** 2) / 2)
            weights /= weights.sum(axis=-1, keepdims=True)
            mean = (weights * heights).sum(axis=-1, keepdims=True)
            slope = (weights * (heights - mean) * away).sum(axis=-1) / width**2
        else:
            below = np.floor(delays) if way == "interpolation" else np.rint(delays) - 1
            place = np.clip(below.astype(int) + limit, 0, places - 2)
            slope = heights[each, place + 1] - heights[each, place]
        momentum = 0.9 * momentum + 0.1 * slope
        power = 0.999 * power + 0.001 * slope**2
        fair = np.sqrt(power / (1 - 0.999**step)) + 1e-12
        delays = np.clip(delays + rate * momentum / (1 - 0.9**step) / fair, -limit, limit)
    return np.rint(delays)
