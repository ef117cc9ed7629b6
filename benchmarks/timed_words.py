"""Words that are told by when their channels speak: the tasks of ``weights_or_delays.py``. Times are in ms."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solutions import TwoEars, heidelberg, utterance
from solutions.models.adjoint.yin_yang import CHANNELS, LATEST, PARTS, latencies, yin_yang
from solutions.models.time_surfaces.spoken_digits import DIGITS, Recording, backwards


class Words(NamedTuple):
    """B words: times and senders of their events, (B, K), filled up with events at infinity; and which word it is."""

    times: NDArray[np.float64]
    senders: NDArray[np.int64]
    said: NDArray[np.int64]


class Task(NamedTuple):
    """What is to be told, and by which networks.

    ``draw(seed)`` gives words to learn from, words to choose the rate by, and words to test with. Delays lie between 0
    and ``longest``. ``numbers`` is about how many numbers a network learns. ``first`` is mean and spread of the first
    weights from the inputs.
    """

    n_in: int
    n_out: int
    duration: float
    longest: float
    numbers: int
    first: tuple[float, float]
    epochs: int
    batch: int
    draw: Callable[[int], Sequence[Words]]


def words_of(heard: Sequence[tuple[NDArray, NDArray]], said: NDArray) -> Words:
    """Words of recordings with different numbers of events."""
    most = max(len(times) for times, _ in heard)
    times, senders = np.full((len(heard), most), np.inf), np.zeros((len(heard), most), dtype=np.int64)
    for k, (when, who) in enumerate(heard):
        times[k, : len(when)], senders[k, : len(who)] = when, who
    return Words(times, senders, np.asarray(said))


def orders(seed: int, n_in: int, n_words: int, gap: float, jitter: float, sizes: Sequence[int]) -> list[Words]:
    """Each word is an order of the channels, which spike once each, ``gap`` apart, give or take ``jitter``."""
    rng = np.random.default_rng([seed, 7])
    order = np.array([rng.permutation(n_in) for _ in range(n_words)])
    parts = []
    for part, size in enumerate(sizes):
        rng = np.random.default_rng([seed, part])
        said = rng.permutation(np.arange(size) % n_words)
        times = 5.0 + gap * np.arange(n_in) + rng.normal(0.0, jitter, (size, n_in))
        parts.append(Words(np.maximum(times, 0.0), order[said], said))
    return parts


def rhythm(seed: int, n_in: int, gap: float, off: float, jitter: float, sizes: Sequence[int]) -> list[Words]:
    """Every channel knocks once, ``gap`` after the one before, give or take ``jitter``, from a random start on.

    In every other word, which is word 1, one of the knocks comes too early or too late by ``off``.
    """
    knocks, parts = np.arange(n_in), []
    for part, size in enumerate(sizes):
        rng = np.random.default_rng([seed, part, 13])
        said = rng.permutation(np.arange(size) % 2)
        times = 5.0 + off + rng.uniform(0.0, 20.0, (size, 1)) + gap * knocks + rng.normal(0.0, jitter, (size, n_in))
        times[np.arange(size), rng.integers(n_in, size=size)] += said * off * rng.choice([-1.0, 1.0], size)
        parts.append(Words(np.maximum(times, 0.0), np.tile(knocks, (size, 1)), said))
    return parts


def points(seed: int, sizes: Sequence[int]) -> list[Words]:
    """Points of the Yin-Yang figure."""
    drawn = [yin_yang(size, seed=100 * seed + part) for part, size in enumerate(sizes)]
    return [words_of(latencies(where), part) for where, part in drawn]


ANGLES = np.array([-60, 0, 60])
"""Phase differences of the tones at two ears, in degrees; 18 of them are a millisecond."""


def tones(seed: int, sizes: Sequence[int]) -> list[Words]:
    """Tones of 50 ms at two ears of four fibres each, as in the delays' chapter: a word is a phase difference."""
    ears, parts = TwoEars(fibres=4, angles=ANGLES), []
    for part, size in enumerate(sizes):
        counts, said = ears.sounds(size, np.random.default_rng([seed, part, 11]))
        heard = []
        for one in counts.astype(int):
            step, ear = np.nonzero(one.T)
            often = one[ear, step]
            heard.append((np.repeat(step, often).astype(float), np.repeat(ear, often)))
        parts.append(words_of(heard, said))
    return parts


FIBRES = 8
SPOKEN = (1, 3)
"""The digits that are told, each of them forwards and backwards."""


def spoken(seed: int, sizes: Sequence[int]) -> list[Words]:
    """Synthetic digits, each by a speaker of its own, heard by an ear of a few fibres."""
    speaker = count(10_000 * seed)
    return [_both_ways(lambda digit: utterance(digit, next(speaker), FIBRES), size) for size in sizes]


def recorded(seed: int, sizes: Sequence[int], file: str) -> list[Words]:
    """Digits of a file of the Spiking Heidelberg Digits, heard by some of its channels; none of them comes twice."""
    rng = np.random.default_rng([seed, 9])
    left = {digit: [found[k] for k in rng.permutation(len(found))] for digit, found in _recordings(file).items()}
    return [_both_ways(lambda digit: left[digit].pop(), size) for size in sizes]


def _both_ways(say: Callable[[int], Recording], size: int) -> Words:
    """Words of :data:`SPOKEN`, every other pair backwards: the same channels as often, in another order."""
    said = np.arange(size) % (2 * len(SPOKEN))
    heard = [say(SPOKEN[word // 2]) for word in said]
    turned = [backwards(one) if word % 2 else one for word, one in zip(said, heard, strict=True)]
    return words_of([(one.times, one.channels) for one in turned], said)


@cache
def _recordings(file: str) -> dict[int, list[Recording]]:
    """All recordings of the digits, with FIBRES of their channels, evenly spaced."""
    found: dict[int, list[Recording]] = {digit: [] for digit in SPOKEN}
    for index in count():
        try:
            one = heidelberg(file, index)
        except IndexError:
            return found
        for digit in SPOKEN:
            if one.label in (DIGITS[digit], str(digit)):
                fibre, rest = np.divmod(one.channels - one.n_channels // FIBRES // 2, one.n_channels // FIBRES)
                kept = (rest == 0) & (fibre >= 0) & (fibre < FIBRES)
                found[digit].append(one._replace(times=one.times[kept], channels=fibre[kept], n_channels=FIBRES))


def tasks(file: str | None = None) -> dict[str, Task]:
    """Every task by its name; the Heidelberg digits only with a file of them."""
    words = partial(orders, n_in=6, n_words=10, jitter=5.0, sizes=(80, 200, 200))
    knocked = partial(rhythm, n_in=4, gap=60.0, off=15.0, jitter=1.0, sizes=(100, 200, 200))
    found = {
        "orders": Task(6, 10, 260.0, 80.0, 66, (4.0, 2.0), 40, 8, partial(words, gap=30.0)),
        "far-orders": Task(6, 10, 460.0, 140.0, 66, (4.0, 2.0), 40, 8, partial(words, gap=60.0)),
        "rhythm": Task(4, 2, 455.0, 180.0, 40, (5.0, 2.0), 120, 10, knocked),
        "spoken": Task(FIBRES, 4, 420.0, 80.0, 120, (1.5, 1.5), 25, 20, partial(spoken, sizes=(120, 120, 120))),
        "yin-yang": Task(
            CHANNELS, len(PARTS), LATEST + 50, LATEST, 104, (3.0, 3.0), 15, 30, partial(points, sizes=(300, 500, 500))
        ),
    }
    found["ears"] = Task(2, len(ANGLES), 105.0, 20.0, 64, (1.5, 1.0), 30, 20, partial(tones, sizes=(200, 300, 300)))
    if file:
        heard = partial(recorded, sizes=(80, 60, 60), file=file)
        found["heidelberg"] = found["spoken"]._replace(duration=1000.0, draw=heard)
    return found
