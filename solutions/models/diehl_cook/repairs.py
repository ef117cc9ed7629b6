"""A digit classifier as one finds it written, and its repairs one by one. Compiled, since it takes 700 steps per digit.

The network has input synapses, excitatory neurons with adaptive thresholds, an inhibitory neuron for each of them, and
weights and thresholds from a training that is over. Every fault is a switch; with all of them repaired it is the
network of the chapter, with the inhibitory neurons spelled out.
"""

import math
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from solutions.models.diehl_cook.compiled import compiled


@dataclass(frozen=True)
class Repairs:
    """What has been repaired; all False is as written."""

    reset: bool = False  # every digit begins with all voltages, potentials and thresholds fresh
    rate: bool = False  # a try has one rate; the image gets brighter between tries only
    frozen: bool = False  # thresholds neither sink nor jump while the network answers
    units: bool = False  # thresholds and voltages are in one unit
    spike_time: bool = False  # the time of a spike is computed with the threshold that was crossed
    inhibition: bool = False  # a spike pushes all others down by the resting threshold, at once
    vote: bool = False  # the classes' neurons vote, on average, instead of the single busiest neuron


STAIRS = tuple(one.name for one in fields(Repairs))


def stairs() -> list[tuple[str, Repairs]]:
    """As written, and then one more repair with each step."""
    steps = [("as written", Repairs())]
    for name in STAIRS:
        steps.append((name, replace(steps[-1][1], **{name: True})))
    return steps


@compiled
def _classify(images, w, extra, millivolts, repaired, seed):
    """Spike counts of all neurons for each image, one after the other, as the switches say."""
    reset, fixed_rate, frozen, units, spike_time, inhibition = repaired[:6]
    np.random.seed(seed)
    n_in, n = w.shape
    dt = 0.001
    if units:
        gain, theta0, tau_in, tau_rc, tau_ref = 1.0 / n_in, extra, 0.005, 0.05, 0.005
    else:
        gain, theta0, tau_in, tau_rc, tau_ref = 1.0, millivolts, 0.1, 0.02, 0.002
    a_in, a_exc, a_inh = math.exp(-dt / tau_in), math.exp(-dt / 0.2), math.exp(-dt / 0.5)
    counts = np.zeros((len(images), n))
    drive, v, waiting = np.zeros(n), np.random.random(n), np.zeros(n)
    exc_psp, inh_v, inh_waiting = np.zeros(n), np.random.random(n), np.zeros(n)
    inh_psp, inhibited, theta = np.zeros(n), np.zeros(n), theta0.copy()
    fired = np.zeros(n)
    spiked = np.zeros(n_in)
    for number in range(len(images)):
        rate = 63.75 if fixed_rate and units else (20.0 if fixed_rate else 0.2)
        done = False
        tries = 0
        while not done and tries < 30:
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
                theta[:] = theta0
            if fixed_rate:
                counts[number] = 0
            n_shown = 350 if fixed_rate else 550
            for t in range(n_shown + 150):
                if t >= n_shown and (done or reset):
                    break
                shown = t < n_shown
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
                    continue
                for j in range(n):
                    counts[number, j] += fired[j]
                    if counts[number, j] > most:
                        most, ties = counts[number, j], 0
                    ties += counts[number, j] == most
                if not fixed_rate:
                    rate *= 1.1
                    if ties <= 1 and most >= 10:
                        break
            if fixed_rate:
                done = counts[number].sum() >= 5
                rate *= 1.25
            else:
                most = counts[number].max()
                done = most >= 10 or (most > 0 and (counts[number] == most).sum() <= 1)
    return counts


def classify(images: np.ndarray, network: Any, repairs: Repairs, seed: int = 0) -> np.ndarray:
    """How often each neuron of a trained ``network`` (weights and extra thresholds) fires, (images, neurons)."""
    weights = np.ascontiguousarray(network.weights_, dtype=float)
    millivolts = 20 + 13 * network.extra_  # the published port's unit: 13 mV from rest to the threshold, offset 20 mV
    flags = np.array([getattr(repairs, name) for name in STAIRS])
    scaled = weights if repairs.units else weights * (784 / len(weights))  # the written network knows 784 inputs
    return _classify(np.asarray(images, dtype=float), scaled, network.extra_, millivolts, flags, seed)
