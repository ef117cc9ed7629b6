"""Sounds from 36 directions as the spikes of two ears, the ideal observer, and coincidence readouts that learn delays.

A direction is an interaural phase difference, in degrees, of a tone of 50 Hz. One step is one millisecond, a cycle is
20 steps, so 18 degrees are one step of delay.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.delays.delay_lines import landscape

Array = NDArray[np.float64]
ANGLES = np.arange(-90, 90, 5)
STEPS, HERTZ, PEAK, SHARPNESS = 50, 50.0, 0.6, 10
DEGREES_PER_STEP = 360 * HERTZ / 1000


def chance(phase: ArrayLike) -> Array:
    """The probability of a spike in a step of 1 ms, where the tone is at ``phase`` (radians)."""
    return PEAK * (0.5 * (1 + np.sin(phase))) ** SHARPNESS


def sounds(
    count: int, rng: np.random.Generator, fibres: int = 1, angles: NDArray[np.int64] = ANGLES
) -> tuple[Array, NDArray[np.int64]]:
    """Spikes of both ears for ``count`` sounds from random directions, each with a random phase.

    Returns
    -------
    How many of an ear's ``fibres`` fire in each step, (count, 2, STEPS), and the direction of each sound as its place
    in ``angles``. The second ear leads by that angle.
    """
    labels = rng.integers(0, len(angles), count)
    phase = rng.random(count)[:, None] * 2 * np.pi + 2 * np.pi * HERTZ / 1000 * np.arange(STEPS)
    phases = np.stack([phase, phase + np.radians(angles)[labels][:, None]], axis=1)
    return rng.binomial(fibres, chance(phases)).astype(float), labels


def ideal_observer(spikes: Array, fibres: int = 1, angles: NDArray[np.int64] = ANGLES, phases: int = 360) -> Array:
    """The logarithm of how likely each direction makes the spikes, up to a constant, whatever the phase: (S, K).

    Every step is a draw of ``fibres`` with a known probability. The phase of the tone is not known, so its likelihoods
    are averaged over a grid of ``phases``. Nobody who sees the same spikes is right more often than the largest of
    these.
    """
    grid = 2 * np.pi * np.arange(phases) / phases
    fire = np.clip(chance(2 * np.pi * HERTZ / 1000 * np.arange(STEPS) + grid[:, None]), 1e-12, None)
    log = np.asarray(spikes) @ np.log(fire / (1 - fire)).T + fibres * np.log1p(-fire).sum(axis=1)
    columns = []
    for angle in angles:
        both = log[:, 0] + np.roll(log[:, 1], -round(angle / 360 * phases), axis=1)
        highest = both.max(axis=1)
        columns.append(highest + np.log(np.exp(both - highest[:, None]).mean(axis=1)))
    return np.stack(columns, axis=1)


class Scores(NamedTuple):
    """How well directions are told: the share that is right, and the mean distance of the answers in degrees."""

    accuracy: float
    degrees: float


def scores(sums: Array, labels: NDArray[np.int64], angles: NDArray[np.int64] = ANGLES) -> Scores:
    """Of answers that are the largest of K sums each."""
    answers = np.asarray(sums).argmax(axis=1)
    return Scores(float((answers == labels).mean()), float(np.abs(angles[answers] - angles[labels]).mean()))


REACH = 12
"""Delays of a readout lie between -REACH and REACH steps."""


def read(heights: Array, delays: Array) -> Array:
    """A landscape (S, 2 REACH + 1) at fractional delays (K,), on lines between whole delays: (S, K)."""
    place = np.clip(np.asarray(delays) + REACH, 0, 2 * REACH - 1e-9)
    whole = place.astype(int)
    part = place - whole
    return (1 - part) * heights[:, whole] + part * heights[:, whole + 1]


def coincidences_of(spikes: Array, tau: float) -> Array:
    """The landscape of each sound: (S, 2 REACH + 1)."""
    return landscape(spikes, tau, REACH)[:, 0]


class Readout(NamedTuple):
    """Delays in steps, one for each direction, and what makes sums of coincidences logits: gain times sum plus bias."""

    delays: Array
    gain: float
    bias: Array
    tau: float
    losses: Array

    def sums(self, spikes: Array) -> Array:
        """The logits of sounds, (S, K)."""
        return self.gain * read(coincidences_of(spikes, self.tau), self.delays) + self.bias


def fit(
    seed: int = 0,
    fibres: int = 1,
    angles: NDArray[np.int64] = ANGLES,
    tau: float = 3.5,
    widest: float = 20.0,
    steps: int = 800,
    batch: int = 200,
    rate: float = 0.2,
    gain: float = 1.0,
    learns_gain: bool = False,
    learns_bias: bool = False,
    whole: bool = False,
    span: float = 10.0,
    progress=iter,
) -> Readout:
    """Learn delays by cross-entropy from sounds that never come twice.

    The time constant of the traces falls from ``widest`` to ``tau`` over the first half. Adam's ``rate`` falls to 0
    along a cosine. With ``whole`` the delays are rounded and the slope goes straight through. They start anywhere
    between -span and span.
    """
    rng = np.random.default_rng(seed)
    classes = len(angles)
    values = np.concatenate([rng.uniform(-span, span, classes), [np.log(gain / fibres**2)], np.zeros(classes)])
    rates = np.concatenate([np.full(classes, rate), [0.05 * learns_gain], np.full(classes, 0.02 * learns_bias)])
    momentum, power = np.zeros_like(values), np.zeros_like(values)
    losses = []
    for step in progress(range(1, steps + 1)):
        now = max(tau, widest * (tau / widest) ** (2 * step / steps))
        spikes, labels = sounds(batch, rng, fibres, angles)
        heights = coincidences_of(spikes, now)
        delays, scale, bias = values[:classes], np.exp(values[classes]), values[classes + 1 :]
        used = np.rint(delays) if whole else delays
        place = np.clip(np.floor(used).astype(int) + REACH, 0, 2 * REACH - 1)
        summed = read(heights, used)
        sums = scale * summed + bias
        error = np.exp(sums - sums.max(axis=1, keepdims=True))
        error /= error.sum(axis=1, keepdims=True)  # the probabilities; less 1 at the right class, the slope of the loss
        losses.append(-float(np.log(error[np.arange(batch), labels]).mean()))
        error[np.arange(batch), labels] -= 1
        error /= batch
        slopes = heights[:, place + 1] - heights[:, place]
        gradient = np.concatenate(
            [scale * (error * slopes).sum(axis=0), [scale * (error * summed).sum()], error.sum(axis=0)]
        )
        momentum = 0.9 * momentum + 0.1 * gradient
        power = 0.999 * power + 0.001 * gradient**2
        fair = np.sqrt(power / (1 - 0.999**step)) + 1e-9
        cooling = (1 + np.cos(np.pi * step / steps)) / 2
        values = values - cooling * rates * momentum / (1 - 0.9**step) / fair
        values[:classes] = np.clip(values[:classes], -REACH, REACH)
    delays = np.rint(values[:classes]) if whole else values[:classes]
    return Readout(delays, float(np.exp(values[classes])), values[classes + 1 :], tau, np.array(losses))


def perfect(angles: NDArray[np.int64] = ANGLES, tau: float = 3.5, whole: bool = False) -> Readout:
    """The delays that undo each angle, not learned: the ideal coincidence readout."""
    delays = angles / DEGREES_PER_STEP
    return Readout(np.rint(delays) if whole else delays, 1.0, np.zeros(len(angles)), tau, np.array([]))


def pooled_pairs(delays: Array, tau: float, pairs: int, count: int, rng: np.random.Generator, shared: bool) -> Scores:
    """How well a readout tells directions whose detectors each add up the coincidences of ``pairs`` pairs of fibres.

    A pair is one fibre of each ear. With ``shared`` all detectors listen to the same pairs, else each to its own.
    """
    labels = rng.integers(0, len(ANGLES), count)
    phase = rng.random(count)[:, None] * 2 * np.pi + 2 * np.pi * HERTZ / 1000 * np.arange(STEPS)
    fire = chance(np.stack([phase, phase + np.radians(ANGLES)[labels][:, None]], axis=1))

    def heard() -> Array:
        return sum(coincidences_of(rng.binomial(1, fire).astype(float), tau) for _ in range(pairs))

    if shared:
        return scores(read(heard(), delays), labels)
    return scores(np.concatenate([read(heard(), delays[[k]]) for k in range(len(ANGLES))], axis=1), labels)
