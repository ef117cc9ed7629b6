"""Spoken digits as an inner ear reports them: events, each with a time and a channel.

``utterance`` speaks a digit by itself, the same for the same seed. It is a model in four steps, each a simple form of
what the literature has:

1. *The voice.* A row of speech sounds, each a target for three formants (Peterson & Barney 1952,
   doi:10.1121/1.1906875), a voice and a hiss, as in a formant synthesizer (Klatt 1980, doi:10.1121/1.383940). The
   mouth glides from one target to the next. Speakers differ in pitch, length of the vocal tract, and pace.
2. *The cochlea.* Each channel sits at a place of the basilar membrane, evenly spaced, and answers to the frequency of
   that place (Greenwood 1990, doi:10.1121/1.399052), with the bandwidth that human ears have there (Glasberg & Moore
   1990, doi:10.1016/0378-5955(90)90170-T). Low channels are narrow and tell the harmonics of the voice apart; high
   ones are wide and follow its single pulses. Low places are reached later: the wave has to travel.
3. *The hair cell.* What drives it is compressed, and each release uses up a store that fills again in its own time:
   every sound is loudest where it begins.
4. *The nerve.* Chance decides on the spikes, at the rate that the hair cell asks for, at most one per millisecond.

The real thing, people who spoke and were heard by a far more detailed model, is in ``heidelberg_digits``.
"""

from typing import NamedTuple

import numpy as np

CHANNELS = 700
"""As many as in the Spiking Heidelberg Digits."""
LOWEST, HIGHEST = 80.0, 10_000.0
"""The frequencies of the first and the last channel, in hertz."""
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

WORDS = (
    "z i r oh",
    "w uh n",
    "t uu",
    "th r i",
    "f aw r",
    "f ah ih v",
    "s ih k s",
    "s eh v er n",
    "eh i t",
    "n ah ih n",
)
"""The sounds of the ten digits."""
SOUNDS = {
    # milliseconds, formants (Hz), voice, hiss, where the hiss is (Hz) and how wide (octaves)
    "i": (130, (270, 2290, 3010), 1.0, 0, 3000, 1),
    "ih": (100, (390, 1990, 2550), 1.0, 0, 3000, 1),
    "eh": (130, (530, 1840, 2480), 1.0, 0, 3000, 1),
    "ah": (150, (730, 1090, 2440), 1.0, 0, 3000, 1),
    "aw": (170, (570, 840, 2410), 1.0, 0, 3000, 1),
    "oh": (150, (480, 900, 2350), 1.0, 0, 3000, 1),
    "uu": (180, (300, 870, 2240), 1.0, 0, 3000, 1),
    "uh": (140, (640, 1190, 2390), 1.0, 0, 3000, 1),
    "er": (70, (490, 1350, 1690), 0.9, 0, 3000, 1),
    "r": (70, (420, 1300, 1650), 0.8, 0, 3000, 1),
    "w": (70, (290, 650, 2200), 0.7, 0, 3000, 1),
    "n": (90, (270, 1300, 2600), 0.4, 0, 3000, 1),
    "v": (60, (300, 1100, 2400), 0.4, 0.15, 6000, 1.2),
    "z": (90, (300, 1700, 2500), 0.3, 0.7, 6500, 0.5),
    "s": (120, (320, 1700, 2500), 0.0, 1.0, 7000, 0.5),
    "f": (100, (300, 1100, 2400), 0.0, 0.4, 5500, 1.4),
    "th": (90, (320, 1400, 2600), 0.0, 0.35, 6500, 1.2),
    "closed": (45, (320, 1700, 2500), 0.0, 0, 3000, 1),
    "burst": (30, (320, 1700, 2500), 0.0, 1.0, 4500, 0.9),
}
STOPS = {"t": "closed burst", "k": "closed burst"}
QUIET = 40
"""Milliseconds of silence before and after a word."""


class Recording(NamedTuple):
    """Events in the order of time: ``times`` in milliseconds, ``channels`` from 0, low frequencies first."""

    times: np.ndarray
    channels: np.ndarray
    n_channels: int
    duration: int
    label: str


def frequencies(n_channels: int = CHANNELS) -> np.ndarray:
    """The frequency in hertz that each channel answers to: even steps along the cochlea.

        f = 165.4 (10^(2.1 x) - 0.88)        x: the place, as a share of the cochlea's length from the apex

    Greenwood 1990, doi:10.1121/1.399052.
    """
    first, last = np.log10(np.array([LOWEST, HIGHEST]) / 165.4 + 0.88) / 2.1
    return 165.4 * (10 ** (2.1 * np.linspace(first, last, n_channels)) - 0.88)


def utterance(digit: int, seed: int = 0, n_channels: int = CHANNELS) -> Recording:
    """A speaker, drawn by ``seed``, says a digit, and an inner ear hears it.

    Parameters
    ----------
    digit : 0 to 9.
    seed : of the speaker, and of the chance in each spike.
    n_channels : of the ear, from 80 Hz to 10 kHz.

    Returns
    -------
    Times in ms and channels of the events, in order of time, as a :class:`Recording`.

    Raises
    ------
    IndexError : if there is no such digit.
    ValueError : if there is no channel.

    Examples
    --------
    >>> from solutions import utterance
    >>> seven = utterance(7, seed=1)
    >>> print(f"{seven.label}: {len(seven.times)} events in {seven.duration} ms")
    seven: 5430 events in 573 ms
    """
    if n_channels < 1:
        raise ValueError(f"n_channels is {n_channels}: an ear has at least one")
    if not 0 <= digit < len(DIGITS):
        raise IndexError(f"{digit} is no digit: there are 0 to {len(DIGITS) - 1}")
    rng = np.random.default_rng([seed, digit])
    rates = _hair_cells(_cochlea(_voice(WORDS[digit], rng), frequencies(n_channels)))
    step, channels = np.nonzero(rng.random(rates.shape) < -np.expm1(-rates))
    times = step + rng.random(len(step))
    order = np.argsort(times)
    return Recording(times[order], channels[order], n_channels, len(rates), DIGITS[digit])


def backwards(recording: Recording) -> Recording:
    """The recording played from its end to its start: in every channel as many events as before."""
    mirrored = recording.duration - recording.times[::-1]
    return recording._replace(times=mirrored, channels=recording.channels[::-1], label=f"{recording.label} backwards")


class Voice(NamedTuple):
    """What a mouth does at each millisecond of a word; the formants have three rows."""

    pitch: np.ndarray
    formants: np.ndarray
    voice: np.ndarray
    hiss: np.ndarray
    hiss_at: np.ndarray
    hiss_width: np.ndarray


def _voice(word: str, rng: np.random.Generator) -> Voice:
    pitch = 90 * 2.4 ** rng.random()
    tract = (pitch / 130) ** 0.2 * rng.normal(1, 0.03)  # high voices come from short vocal tracts
    pace = rng.uniform(0.85, 1.2)
    sounds = " ".join(STOPS.get(sound, sound) for sound in word.split()).split()
    rows = []
    for sound in sounds:
        length, formants, *source = SOUNDS[sound]
        level = rng.uniform(0.8, 1.2)
        row = (*(tract * rng.normal(1, 0.02) * formant for formant in formants), source[0] * level, source[1] * level)
        rows += [(*row, *source[2:])] * round(length * pace * rng.uniform(0.85, 1.15))
    before, after = ((*row[:3], 0, 0, *row[5:]) for row in (rows[0], rows[-1]))
    rows = [before] * QUIET + rows + [after] * QUIET
    targets = np.array(rows, dtype=float)
    glide, breath = np.hanning(62)[1:-1], np.hanning(22)[1:-1]
    moved = [_smooth(track, glide if part < 3 else breath) for part, track in enumerate(targets.T)]
    moved[5:] = targets.T[5:]
    melody = pitch * np.linspace(1.1, 0.85, len(targets))
    return Voice(melody, np.array(moved[:3]), *moved[3:])


def _smooth(track: np.ndarray, window: np.ndarray) -> np.ndarray:
    before = len(window) // 2
    padded = np.pad(track, (before, len(window) - 1 - before), mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")


def _cochlea(sounds: Voice, places: np.ndarray) -> np.ndarray:
    """How strongly each place of the basilar membrane is moved, (milliseconds, channels)."""
    pitch, formants, voice, hiss, hiss_at, hiss_width = sounds
    bandwidth = 24.7 * (4.37 * places / 1000 + 1)
    strength = np.zeros((len(pitch), len(places)))
    for formant, loud, width in zip(formants, (1, 0.4, 0.2), (60, 90, 150), strict=True):
        away = (places - formant[:, None]) / (width / 2 + bandwidth / 2)
        strength += loud / (1 + away**2)
    resolved = np.exp(-((bandwidth / pitch[:, None] / 0.6) ** 2))
    harmonics = 1 + resolved * np.cos(2 * np.pi * places / pitch[:, None])
    delay = np.minimum(2000 / places, 12)  # milliseconds: the wave travels some two periods of each place
    now = np.arange(len(pitch))
    cycles = np.interp(now[:, None] - delay, now, np.cumsum(pitch) / 1000)
    pulses = resolved + (1 - resolved) * (0.5 + 0.5 * np.cos(2 * np.pi * cycles)) ** 3 / 0.3125
    loudness = np.interp(now[:, None] - delay, now, voice)
    noise = np.exp(-0.5 * (np.log2(places / hiss_at[:, None]) / hiss_width[:, None]) ** 2)
    return loudness * strength * harmonics * pulses + 0.4 * hiss[:, None] * noise


def _hair_cells(strength: np.ndarray) -> np.ndarray:
    """Expected events per channel and millisecond: compressed, and tired by what came just before."""
    drive = strength**1.5 / (strength**1.5 + 0.3)
    store, rates = np.ones(strength.shape[1]), np.empty_like(strength)
    for step, asked in enumerate(drive):
        rates[step] = 0.35 * asked * store
        store = store + (1 - store) / 60 - 0.1 * asked * store
    return rates + 0.0005
