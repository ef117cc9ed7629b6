"""Tones as the spikes of two ears, the ideal observer of their phase, and coincidence readouts that learn delays.

What is told is the interaural phase difference, in degrees of the cycle of a tone of 50 Hz. One step is one
millisecond, a cycle is 20 steps, so 18 degrees are one step of delay. No head delays a sound by so much: it is a tone
of 500 Hz in slow motion, whose phase is a direction. The task is that of the notebook *Learning delays (v2)* of the
COMOB project on sound localisation (https://comob-project.github.io/snn-sound-localization); the place of a delay line
for each direction is Jeffress's (1948, doi:10.1037/h0061495).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.delays.delay_lines import landscape
from solutions.models.progress import watched

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
ANGLES = np.arange(-90, 90, 5)
REACH = 12
"""Delays of a readout lie between -REACH and REACH steps."""
GRID = 36_000
"""Places in a cycle at which the tuning of a fibre is asked for; between them it is read on lines."""


class Scores(NamedTuple):
    """How well phases are told: the share that is right, and the mean distance of the answers in degrees."""

    accuracy: float
    degrees: float


class Readout(NamedTuple):
    """Delays in steps, one for each phase, and what makes sums of coincidences logits: gain times sum plus bias."""

    delays: Array
    gain: float
    bias: Array
    tau: float
    losses: Array


class TwoEars:
    """Tones with random phase differences, heard by the fibres of two ears, and who can tell which.

    Parameters
    ----------
    fibres : how many each ear has; in each step it is counted how many of them fire.
    angles : the phase differences, in degrees by which the second ear is ahead of the first.
    hertz, steps : the frequency of the tone, and how many steps of 1 ms it is on.
    ear_probabilities, coincidences, delayed, delay_slope : the parts, as :mod:`solutions.delays` asks for them.

    Examples
    --------
    Twelve fibres an ear. A readout learns its delays; the ideal observer knows how the spikes are made.

    >>> import numpy as np
    >>> from solutions import TwoEars
    >>> ears = TwoEars(fibres=12)
    >>> spikes, phases = ears.sounds(2000, np.random.default_rng(0))
    >>> learned = ears.learn(seed=1, tau=3, widest=8, gain=3, learns_gain=True, learns_bias=True, span=5, steps=300)
    >>> sums = {"learned": ears.logits(spikes, learned), "ideal": ears.ideal_observer(spikes)}
    >>> degrees = {who: ears.scores(one, phases).degrees for who, one in sums.items()}
    >>> degrees["ideal"] < degrees["learned"] < 5
    True
    """

    def __init__(
        self,
        fibres: int = 1,
        angles: Sequence[float] | NDArray = ANGLES,
        hertz: float = 50.0,
        steps: int = 50,
        *,
        ear_probabilities: Callable,
        coincidences: Callable,
        delayed: Callable,
        delay_slope: Callable,
    ) -> None:
        if fibres < 1:
            raise ValueError(f"fibres is {fibres}; expected at least 1 for each ear")
        self.fibres, self.angles, self.hertz, self.steps = fibres, np.asarray(angles), hertz, steps
        self.ear_probabilities, self.coincidences = ear_probabilities, coincidences
        self.delayed, self.delay_slope = delayed, delay_slope
        self._tuning = np.asarray(ear_probabilities(0, 0, 1000 / GRID, GRID + 1), dtype=float)[:, 0]

    @property
    def degrees_per_step(self) -> float:
        """By how many degrees the phase of the tone advances in one step of 1 ms."""
        return 360 * self.hertz / 1000

    def _tones(self, count: int, rng: np.random.Generator) -> tuple[Array, Labels]:
        """How likely a fibre fires in each ear and step, (count, 2, steps), and each sound's label."""
        labels = rng.integers(0, len(self.angles), count)
        first = rng.random(count)[:, None] + self.hertz / 1000 * np.arange(self.steps)
        cycles = np.stack([first, first + self.angles[labels][:, None] / 360], axis=1)
        place = cycles % 1 * GRID
        below = np.minimum(place.astype(int), GRID - 1)
        return self._tuning[below] + (place - below) * (self._tuning[below + 1] - self._tuning[below]), labels

    def sounds(self, count: int, rng: np.random.Generator) -> tuple[Array, Labels]:
        """Spikes of both ears for ``count`` tones with random phase differences, each with a random start in its cycle.

        Returns
        -------
        How many of an ear's fibres fire in each step, (count, 2, steps), and the phase difference of each as its place
        in ``angles``. The second ear leads by that angle.
        """
        fire, labels = self._tones(count, rng)
        return rng.binomial(self.fibres, fire).astype(float), labels

    def ideal_observer(self, spikes: Array, phases: int = 360) -> Array:
        """The logarithm of how likely each phase difference makes the spikes, up to a constant: (S, K).

            log (mean over the starts p of  product over ears e and steps t of  f_e[t]^n (1 - f_e[t])^(N - n))

        with n of the N fibres firing, each with the probability f_e[t] that the start and the phase difference give.
        Every step is a draw of the fibres with a known probability. Where in its cycle the tone begins is not known, so
        the likelihoods are averaged over a grid of ``phases``. Nobody who sees the same spikes is right more often than
        the largest of these.
        """
        grid = (self.ear_probabilities(0, place / phases, self.hertz, self.steps) for place in range(phases))
        fire = np.clip([np.asarray(both)[:, 0] for both in grid], 1e-12, None)
        log = np.asarray(spikes) @ np.log(fire / (1 - fire)).T + self.fibres * np.log1p(-fire).sum(axis=1)
        columns = []
        for angle in self.angles:
            both = log[:, 0] + np.roll(log[:, 1], -round(angle / 360 * phases), axis=1)
            highest = both.max(axis=1)
            columns.append(highest + np.log(np.exp(both - highest[:, None]).mean(axis=1)))
        return np.stack(columns, axis=1)

    def scores(self, sums: ArrayLike, labels: Labels) -> Scores:
        """How good the answers are if each is the largest of K sums."""
        answers = np.asarray(sums).argmax(axis=1)
        away = np.abs(self.angles[answers] - self.angles[labels])
        return Scores(float((answers == labels).mean()), float(away.mean()))

    def median_degrees(self, logits: ArrayLike, labels: Labels) -> float:
        """The mean distance in degrees if each answer is the median of the probabilities that K logits stand for.

        The largest logit is right most often; no answer is off by less on average than the median. The ``angles``
        have to ascend.
        """
        away = np.asarray(logits, dtype=float)
        chances = np.exp(away - away.max(axis=1, keepdims=True)).cumsum(axis=1)
        answers = (chances >= chances[:, -1:] / 2).argmax(axis=1)
        return float(np.abs(self.angles[answers] - self.angles[labels]).mean())

    def _heights(self, spikes: Array, tau: float) -> Array:
        """The landscape of each sound: (S, 2 REACH + 1)."""
        return landscape(spikes, tau, REACH, coincidences=self.coincidences)[:, 0]

    def _of_a_lone_spike(self, part: Callable, delays: ArrayLike) -> Array:
        """What ``part`` makes of one spike for each of K delays, over whole delays: (2 REACH + 1, K)."""
        delays = np.clip(np.asarray(delays, dtype=float), -REACH, REACH)
        lone = np.zeros((2 * REACH + 1, len(delays)))
        lone[REACH] = 1
        return np.asarray(part(lone, delays), dtype=float)

    def sums(self, spikes: Array, delays: ArrayLike, tau: float) -> Array:
        """The coincidences of sounds with the second ear delayed, in steps, by each of K ``delays``: (S, K)."""
        return self._heights(spikes, tau) @ self._of_a_lone_spike(self.delayed, delays)

    def logits(self, spikes: Array, readout: Readout) -> Array:
        """What a readout makes of sounds, (S, K): logit_k = gain sum_k + bias_k."""
        return readout.gain * self.sums(spikes, readout.delays, readout.tau) + readout.bias

    def perfect(self, tau: float = 3.5, whole: bool = False) -> Readout:
        """The delays that undo each angle, not learned, angle / degrees per step: the ideal coincidence readout."""
        delays = self.angles / self.degrees_per_step
        return Readout(np.rint(delays) if whole else delays, 1.0, np.zeros(len(delays)), tau, np.array([]))

    def pairs_apart(
        self, count: int, rng: np.random.Generator, delays: ArrayLike, tau: float, pairs: int = 1
    ) -> tuple[Array, Labels]:
        """Sums of fresh sounds where each detector listens to fibres of its own, and their labels: (S, K) and (S,).

        A pair is one fibre of each ear; a detector adds up the coincidences of ``pairs`` of them.
        """
        fire, labels = self._tones(count, rng)
        sums = np.zeros((count, len(np.asarray(delays))))
        for place, delay in enumerate(np.asarray(delays)):
            for _ in range(pairs):
                sums[:, place] += self.sums(rng.binomial(1, fire).astype(float), [delay], tau)[:, 0]
        return sums, labels

    def learn(
        self,
        seed: int = 0,
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
        progress: bool = False,
    ) -> Readout:
        """Learn delays by cross-entropy from sounds that never come twice.

        The time constant of the traces falls from ``widest`` to ``tau`` over the first half. Adam's ``rate`` falls to 0
        along a cosine. With ``whole`` the delays are rounded and the slope goes straight through. They start anywhere
        between -span and span. With ``progress`` a bar shows how far it is.
        """
        rng = np.random.default_rng(seed)
        classes = len(self.angles)
        values = np.concatenate([rng.uniform(-span, span, classes), [np.log(gain / self.fibres**2)], np.zeros(classes)])
        rates = np.concatenate([np.full(classes, rate), [0.05 * learns_gain], np.full(classes, 0.02 * learns_bias)])
        momentum, power = np.zeros_like(values), np.zeros_like(values)
        losses: list[float] = []
        say = "loss {:.2f}".format
        for step in watched(range(1, steps + 1), steps, lambda _: say(losses[-1]) if losses else "", show=progress):
            now = max(tau, widest * (tau / widest) ** (2 * step / steps))
            spikes, labels = self.sounds(batch, rng)
            heights = self._heights(spikes, now)
            delays, scale, bias = values[:classes], np.exp(values[classes]), values[classes + 1 :]
            used = np.rint(delays) if whole else delays
            summed = heights @ self._of_a_lone_spike(self.delayed, used)
            inside = np.minimum(used, REACH - 1e-9)  # at the end of the line there is no slope towards more
            slopes = heights @ self._of_a_lone_spike(self.delay_slope, inside)
            sums = scale * summed + bias
            error = np.exp(sums - sums.max(axis=1, keepdims=True))
            error /= error.sum(axis=1, keepdims=True)  # the probabilities; less 1 at the right class, the loss's slope
            losses.append(-float(np.log(error[np.arange(batch), labels]).mean()))
            error[np.arange(batch), labels] -= 1
            error /= batch
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
