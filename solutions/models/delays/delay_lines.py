"""Delays learned by gradient, fast: coincidences of all whole delays are counted once, and training only looks them up.

The readout multiplies two traces and sums over time. Delaying a train delays its trace, so the sum for a delay D is one
value of the cross-correlation of two traces, the *landscape*. It is computed once for all D (:func:`landscape`); a step
of training reads a value and a slope from it. Nothing is approximated: the losses are those of the loop over samples
and steps in the notebook *Learning delays (v2)* of the COMOB project on sound localisation
(https://comob-project.github.io/snn-sound-localization), whose toy problems these are.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.progress import watched

Array = NDArray[np.float64]
PROBLEMS = ("same patterns", "different patterns", "localisation")


class ToyProblem(NamedTuple):
    """Patterns to bring to coincidence, and where the learning starts and stops.

    spikes : (P, N, T), one pattern of N inputs for each of P classes; the first input is not delayed.
    start : (N - 1, P), the first delays of the inputs behind the first, in steps; positive delays delay.
    tau : time constant of the traces, in steps; with a ``decay`` it shrinks by this share in each epoch, down to 2.
    rate, batch, stop : of the descent, samples in an epoch, and the loss at which it is over.
    limit : delays are used between -limit and limit.
    state : of numpy's older generator (:class:`numpy.random.RandomState`), from which the batches are drawn.
    """

    spikes: Array
    start: Array
    tau: float
    rate: float
    batch: int
    stop: float
    limit: int
    decay: float
    state: tuple | dict


class Learned(NamedTuple):
    """The mean loss of every epoch, and the delays at its beginning: (epochs,) and (epochs, N - 1, P)."""

    losses: Array
    delays: Array


def landscape(spikes: ArrayLike, tau: float, limit: int, *, coincidences: Callable) -> Array:
    """The summed coincidences of the first input with each other one, for every whole delay of that one.

        h_n[D] = sum over t of r_1[t] r_n[t - D]        r: the trace of an input

    Traces leak at one pace and add up. So what two spikes are worth to ``coincidences`` together, and one step apart,
    is all there is to know of it; the rest is a product of matrices.

    Parameters
    ----------
    spikes : (..., N, T).
    tau : time constant of the traces, in steps.
    limit : delays go from -limit to limit.
    coincidences : the part, as :mod:`solutions.delays` asks for it.

    Returns
    -------
    (..., N - 1, 2 limit + 1): place k holds the delay k - limit.

    Raises
    ------
    ValueError : if ``coincidences`` gives another number for all patterns at once than pairs of spikes add up to, or
        there is less than no spike.
    """
    spikes = np.asarray(spikes, float)
    together, apart = (float(coincidences(two, tau)) for two in (np.ones((1, 2)), np.eye(2)))
    if spikes.min(initial=0) < 0:
        raise ValueError(f"spikes has a value of {spikes.min():g}; expected how many spikes there are, 0 or more")
    expected = "expected traces that add up and leak at one pace, and a sum over all steps"
    if not together > 0:
        raise ValueError(f"coincidences says {together:g} of two spikes in one step; {expected}")
    steps = spikes.shape[-1]
    age = np.arange(steps + 2 * limit) - np.arange(steps + 2 * limit)[:, None]
    left = np.append((apart / together) ** np.arange(len(age)), 0.0)  # of a spike, after so many steps; before it, none
    padded = np.pad(spikes, [(0, 0)] * (spikes.ndim - 1) + [(limit, limit)]) @ left[np.where(age < 0, -1, age)]
    windows = np.lib.stride_tricks.sliding_window_view(padded[..., 1:, :], steps, axis=-1)
    first = padded[..., 0, limit : limit + steps, None]
    heights = together * np.matmul(windows[..., ::-1, :], first[..., None, :, :])[..., 0]
    asked = float(coincidences(spikes.reshape(-1, *spikes.shape[-2:]).sum(axis=0).T, tau))
    heard = padded[..., limit : limit + steps].reshape(-1, spikes.shape[-2], steps).sum(axis=0)
    if not np.isclose(asked, together * (heard[0] * heard[1:]).sum(), rtol=1e-6, atol=1e-9):
        raise ValueError(f"coincidences says {asked:.6g} of all patterns at once, not what pairs add up to; {expected}")
    return heights


def learn_delays(
    problem: ToyProblem,
    chosen: Callable[[], NDArray[np.int64]] | None = None,
    epochs: int = 4000,
    side: int = -1,
    progress: bool = False,
    *,
    coincidences: Callable,
) -> Learned:
    """Descend the squared distance of each sum from the largest so far: whole delays, straight-through slopes.

        loss = the mean over a batch of (C of the sample's own class - the largest C so far)**2

    Parameters
    ----------
    problem : one of :func:`toy_problem`.
    chosen : draws the classes of one batch; without it they are drawn from the problem's own generator.
    epochs : the largest number of epochs.
    side : at a whole delay there is a kink. -1 takes the slope towards the smaller delay, 1 towards the larger one.
    progress : whether a bar shows how far it is.
    coincidences : the part, as :mod:`solutions.delays` asks for it.

    Examples
    --------
    >>> from solutions import learn_delays, toy_problem
    >>> names = ["same patterns", "different patterns", "localisation"]
    >>> learned = {name: learn_delays(toy_problem(name)) for name in names}
    >>> [len(one.losses) for one in learned.values()]
    [38, 229, 244]
    """
    if chosen is None:
        generator = np.random.RandomState()
        generator.set_state(problem.state)

        def chosen() -> NDArray[np.int64]:
            return generator.choice(len(problem.spikes), problem.batch)

    delays = np.array(problem.start, dtype=float)
    inputs, classes = delays.shape
    limit, tau = problem.limit + 1, problem.tau
    best = np.zeros(classes)
    every, each = np.arange(classes), np.arange(inputs)[:, None]
    heights = landscape(problem.spikes, tau, limit, coincidences=coincidences)
    losses: list[float] = []
    passed: list[Array] = []
    for epoch in watched(range(epochs), epochs, lambda _: f"loss {losses[-1]:.3f}" if losses else "", show=progress):
        if problem.decay and epoch:
            tau = tau * np.exp(-problem.decay) if tau >= 2 else 2.0
            heights = landscape(problem.spikes, tau, limit, coincidences=coincidences)
        passed.append(delays.copy())
        places = np.rint(np.clip(delays, -problem.limit, problem.limit)).astype(int) + limit
        sums = heights[:, each, places].sum(axis=1)  # (patterns, classes)
        share = np.bincount(chosen(), minlength=classes) / problem.batch
        drawn = share > 0
        highest = sums.max(axis=1)
        best = np.where(drawn, highest if problem.decay else np.maximum(best, highest), best)
        short = np.diagonal(sums) - best
        losses.append(float((share * short**2).sum()))
        slopes = side * (heights[every, each, places + side] - heights[every, each, places])
        delays = delays - problem.rate * 2 * share * short * slopes
        if losses[-1] < problem.stop:
            break
    return Learned(np.array(losses), np.array(passed))


def placed(shapes: Array, duration: int, room: int, draw: np.random.RandomState) -> Array:
    """Patterns (N, P, duration) with the first input in the middle and the others moved behind it by chance."""
    inputs, classes, _ = shapes.shape
    spikes = np.zeros((classes, inputs, 3 * room + duration))
    for one in range(classes):
        spikes[one, 0, 2 * room : 2 * room + duration] = shapes[0, one]
        for other in range(1, inputs):
            begin = 2 * room + draw.randint(0, duration)
            spikes[one, other, begin : begin + duration] = shapes[other, one]
    return spikes[:, :, :-1]  # the last step never counted


def toy_problem(name: str, *, ear_probabilities: Callable | None = None) -> ToyProblem:
    """One of the toy problems of the notebook *Learning delays (v2)*, drawn in the same order from the same generator.

    Parameters
    ----------
    name : "same patterns" has three inputs with one pattern for all 20 classes; they differ in how late the second
        and the third come. "different patterns" has two inputs, and a pattern of its own for each class.
        "localisation" has the two ears, and 36 phase differences from -90 to 85 degrees.
    ear_probabilities : the part, as :mod:`solutions.delays` asks for it; only "localisation" needs it.

    Raises
    ------
    ValueError : if there is no such problem.

    Examples
    --------
    >>> from solutions import toy_problem
    >>> problem = toy_problem("same patterns")
    >>> problem.spikes.shape  # classes, inputs, steps
    (20, 3, 79)
    >>> problem.start[:, 0]  # the first delays of the first class, in steps
    array([-13.,  -6.])
    """
    draw = np.random.RandomState(0)

    def patterns(*shape: int) -> Array:
        return draw.choice([0, 1], size=shape, p=[0.7, 0.3]).astype(float)

    def early(limit: int, *shape: int) -> Array:
        return -draw.randint(1, limit, size=shape, dtype=int).astype(float)

    if name not in PROBLEMS:
        raise ValueError(f"name is {name!r}; expected one of {', '.join(PROBLEMS)}")
    if name == "localisation":
        if ear_probabilities is None:
            raise ValueError("ear_probabilities is None; 'localisation' needs to know how likely the ears fire")
        draw.rand()  # drawn there, and used for nothing here
        phase = draw.rand()
        fire = np.stack([np.asarray(ear_probabilities(angle, phase, 50, 50)).T for angle in range(-90, 90, 5)])
        spikes = np.pad((draw.rand(36, 2, 50) < fire).astype(float), ((0, 0), (0, 0), (20, 39)))
        draw.seed(0)
        return ToyProblem(spikes, early(20, 1, 36), 40, 0.5, 200, 1.0, 20, 0.01, draw.get_state())
    shapes = patterns(3, 20, 20)
    patterns(20, 3, 20, 20)  # likewise
    spikes = placed(np.broadcast_to(shapes[0, 0], (3, 20, 20)), 20, 20, draw)
    draw.seed(0)
    start = early(19, 2, 20)
    if name == "same patterns":
        return ToyProblem(spikes, start, 10, 0.2, 500, 1e-6, 19, 0.0, draw.get_state())
    for _ in range(38):  # the batches of the first problem, behind which the second one begins there
        draw.choice(20, 500)
    spikes = placed(patterns(2, 20, 20), 20, 20, draw)
    return ToyProblem(spikes, early(19, 1, 20), 30, 0.2, 500, 0.03, 19, 0.0, draw.get_state())


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
