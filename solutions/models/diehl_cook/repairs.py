"""A digit classifier as one finds it written, and its repairs one by one. Compiled, since it takes 700 steps per digit.

The network has input synapses, excitatory neurons with adaptive thresholds, an inhibitory neuron for each of them, and
weights and thresholds from a training that is over. Every fault is a switch; with all of them repaired it is the
network of the chapter, with the inhibitory neurons spelled out. As written it follows Steve Oney, *Building Spiking
Neural Networks from Scratch*, "Research Replication: Unsupervised Learning of Digit Recognition Using STDP (Part 2)".
"""

import math
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from solutions.models.compiled import compiled

# The 400 thresholds that the notebook loads: such a share of them is below so many volts.
SHARES = (0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1)
VOLTS = (0.0244, 0.0351, 0.0367, 0.0386, 0.0400, 0.0417, 0.0441, 0.0469, 0.0502)


@dataclass(frozen=True)
class Repairs:
    """What has been repaired, one change each; all False is as written."""

    reset: bool = False  # every try begins with all voltages, currents and inhibition fresh
    rate: bool = False  # a try has one rate; the image gets brighter between tries only
    light: bool = False  # the first try has 63.75 Hz for a full pixel, not 0.2
    enough: bool = False  # a try counts for itself: 350 ms, five spikes are enough, else once more a quarter brighter
    frozen: bool = False  # thresholds neither sink nor jump while the network answers
    weights: bool = False  # weighted spikes are averaged over the pixels, as in the training, not added up
    units: bool = False  # thresholds are in the unit of the voltage: resting thresholds
    constants: bool = False  # the time constants are those of the training
    spike_time: bool = False  # the time of a spike is computed with the threshold that was crossed
    inhibition: bool = False  # a spike pushes all others down by the resting threshold, at once
    vote: bool = False  # the classes' neurons vote, on average, instead of the single busiest neuron


STAIRS = tuple(one.name for one in fields(Repairs))
TRIES = 40  # a network that never says enough is left alone after so many


def stairs() -> list[tuple[str, Repairs]]:
    """As written, and then one more repair with each step."""
    steps = [("as written", Repairs())]
    for name in STAIRS:
        steps.append((name, replace(steps[-1][1], **{name: True})))
    return steps


def written_thresholds(extra: np.ndarray) -> np.ndarray:
    """What the notebook adds to a threshold of 1: volts, spread as in its file and in the order of ``extra``.

    The network of the notebook was trained by somebody else. Ours has the same share of its neurons at each threshold,
    and whose threshold has grown most has the highest.
    """
    rank = np.argsort(np.argsort(extra, kind="stable"))
    return np.interp(rank / max(len(extra) - 1, 1), SHARES, VOLTS)


@compiled
def _classify(images, w, extra, written, repaired, seed):
    """Spike counts of all neurons for each image, one after the other, as the switches say."""
    reset, one_rate, light, enough, frozen, averaged, units, constants, spike_time, inhibition = repaired[:10]
    np.random.seed(seed)
    n_in, n = w.shape
    dt = 0.001
    gain = (1.0 if averaged else 784.0) / n_in  # the notebook has 784 inputs
    theta0 = extra if units else written
    tau_in, tau_rc, tau_ref = (0.005, 0.05, 0.005) if constants else (0.1, 0.02, 0.002)
    n_shown, n_pause, brighter = (350, 150, 1.25) if enough else (550, 150, 1.1)
    a_in, a_exc, a_inh = math.exp(-dt / tau_in), math.exp(-dt / 0.2), math.exp(-dt / 0.5)
    counts = np.zeros((len(images), n))
    drive, v, waiting = np.zeros(n), np.random.random(n), np.zeros(n)
    exc_psp, inh_v, inh_waiting = np.zeros(n), np.random.random(n), np.zeros(n)
    inh_psp, inhibited, theta = np.zeros(n), np.zeros(n), theta0.copy()
    fired = np.zeros(n)
    spiked = np.zeros(n_in)
    for number in range(len(images)):
        rate, tries, t, paused = 63.75 if light else 0.2, 0, 0, 0
        shown = True
        while shown or (paused < n_pause and not (reset and frozen)):  # what is reset forgets without a pause
            if shown and t == 0:
                tries += 1
                if reset:
                    drive[:] = 0
                    v[:] = 0
                    waiting[:] = 0
                    exc_psp[:] = 0
                    inh_v[:] = 0
                    inh_waiting[:] = 0
                    inh_psp[:] = 0
                    inhibited[:] = 0
                if enough:
                    counts[number] = 0
            for i in range(n_in):
                hertz = 0.01 + (images[number, i] if shown else 0.0) * (rate - 0.01)
                spiked[i] = np.random.random() < hertz * dt
            for j in range(n):
                drive[j] *= a_in
            for i in range(n_in):
                if spiked[i] > 0:
                    for j in range(n):
                        drive[j] += (1 - a_in) / dt * gain * w[i, j]
            total, most, ties = 0.0, 0.0, 0
            for j in range(n):
                current = drive[j] - (0.0 if inhibition else inhibited[j] / n)
                waiting[j] -= dt
                awake = min(max(dt - waiting[j], 0.0), dt)  # NaN stays NaN, as in numpy
                if math.isnan(waiting[j]):
                    awake = math.nan
                v[j] = current + (v[j] - current) * math.exp(-awake / tau_rc)
                threshold = 1.0 + theta[j]
                fired[j] = 0.0
                if v[j] > threshold:
                    fired[j] = 1.0
                    crossed = threshold if spike_time else 1.0
                    ratio = (v[j] - current) / (crossed - current)
                    if ratio > 0:
                        waiting[j] = tau_ref + dt + tau_rc * math.log(ratio)
                        if spike_time:
                            waiting[j] = min(max(waiting[j], tau_ref), tau_ref + dt)
                    else:
                        waiting[j] = tau_ref if spike_time else math.nan
                    v[j] = 0.0
                if not frozen:
                    theta[j] = theta[j] * math.exp(-dt / 1.1) + fired[j]
                total += fired[j]
            if inhibition:
                for j in range(n):
                    v[j] = max(v[j] - (total - fired[j]), -1.0)
            else:
                pooled = 0.0
                for j in range(n):
                    exc_psp[j] = a_exc * exc_psp[j] + (1 - a_exc) / dt * fired[j]
                    inh_waiting[j] -= dt
                    awake = min(max(dt - inh_waiting[j], 0.0), dt)
                    inh_v[j] = exc_psp[j] + (inh_v[j] - exc_psp[j]) * math.exp(-awake / 0.02)
                    out = 0.0
                    if inh_v[j] > 1:
                        out = 1 / dt
                        ratio = (inh_v[j] - exc_psp[j]) / (1 - exc_psp[j])
                        inh_waiting[j] = 0.002 + dt + (0.02 * math.log(ratio) if ratio > 0 else 0.0)
                        inh_v[j] = 0
                    inh_psp[j] = a_inh * inh_psp[j] + (1 - a_inh) * out
                    pooled += inh_psp[j]
                for j in range(n):
                    inhibited[j] = pooled - inh_psp[j]
            if not shown:
                paused += 1
                continue
            for j in range(n):
                counts[number, j] += fired[j]
                if counts[number, j] > most:
                    most, ties = counts[number, j], 0
                ties += counts[number, j] == most
            t += 1
            if not one_rate:
                rate *= brighter
            if t == n_shown or (not enough and ties <= 1 and most >= 10):
                t = 0
                if one_rate:
                    rate *= brighter
                said = counts[number].sum() >= 5 if enough else most >= 10 or (most > 0 and ties <= 1)
                shown = not said and tries < TRIES
    return counts


def classify(
    images: np.ndarray, network: Any, repairs: Repairs, seed: int = 0, thresholds: np.ndarray | None = None
) -> np.ndarray:
    """How often each neuron of a trained ``network`` (weights and extra thresholds) fires, (images, neurons).

    ``thresholds`` is what the network adds to 1 until its units are repaired; None for the notebook's own.
    """
    written = written_thresholds(network.extra_) if thresholds is None else thresholds
    flags = np.array([getattr(repairs, name) for name in STAIRS])
    images, weights = (np.ascontiguousarray(array, dtype=float) for array in (images, network.weights_))
    return _classify(images, weights, np.asarray(network.extra_, dtype=float), written, flags, seed)
