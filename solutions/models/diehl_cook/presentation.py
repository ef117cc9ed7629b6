"""Images shown to the compiled network, one after the other. See :mod:`solutions.models.diehl_cook.kernels`."""

import math

import numpy as np

from solutions.models.diehl_cook.kernels import (
    TRIES,
    Spikes,
    begin_to_rest,
    compiled,
    draw_spikes,
    follow,
    learn_late_input,
    learn_spike,
)

RESTING = 1.0  # the threshold of a neuron that has not fired for long


@compiled
def show(spikes, w, extra, delays, numbers, learn, eta, state, counts, fired_at):
    """One presentation, from a fresh start. Changes w and extra if learn; fills counts and fired_at (if not empty)."""
    n_in, n = w.shape
    heads, following, channels = spikes
    dt, kind = numbers.t_step, w.dtype.type
    drive, v, threshold, own = state.drive, state.v, state.threshold, state.own
    a, keep = kind(math.exp(-dt / numbers.tau_s)), kind(math.exp(-dt / numbers.tau_rc))
    b = kind(math.exp(-dt / numbers.tau_inhibition))
    weight_of_one = kind((1.0 - math.exp(-dt / numbers.tau_s)) / dt / n_in)
    push, low = kind(numbers.inhibition), kind(numbers.floor)
    ring = delays.size > 0
    depth = int(delays.max()) + 1 if ring else 1
    late = np.zeros((depth, n), w.dtype)
    for row in (drive, v, state.waiting, own):
        row[:] = 0
    for trace in (state.x, state.x_at, state.y, state.y_at):
        trace[:] = 0
    counts[:] = 0
    for j in range(n):
        threshold[j] = RESTING + extra[j]
    pool = kind(0)  # the inhibitory cells' potentials together
    asleep_until, total, crossings, n_spoke = -1, 0, 0, 0
    spoke = np.empty(n, np.int64)
    for t in range(heads.size):
        k = heads[t]
        while k >= 0:
            i = channels[k]
            if ring:
                for j in range(n):
                    late[(t + delays[i, j]) % depth, j] += weight_of_one * w[i, j]
            else:
                for j in range(n):
                    drive[j] += weight_of_one * w[i, j]
            if learn:
                if numbers.a_minus > 0:
                    learn_late_input(w, i, t, state, numbers, spoke[:n_spoke])
                state.x[i] = 1.0
                state.x_at[i] = t
            k = following[k]
        if ring:
            for j in range(n):
                drive[j] += late[t % depth, j]
                late[t % depth, j] = 0
        over = follow(state, numbers, keep, t <= asleep_until)
        if pool > 0:
            pool *= b
            for j in range(n):
                own[j] *= b
            if pool < 1e-12:  # silence, as far as a voltage can tell
                pool = kind(0)
                own[:] = 0
        if over > 0:
            crossings += over
            who, fired = begin_to_rest(state, numbers, counts)
            asleep_until = t + int(numbers.tau_ref / dt) + 2
            total += fired
            for j in range(n):
                was_over = v[j] > threshold[j]
                one = was_over and (who < 0 or j == who)
                if was_over:
                    v[j] = 0 if one else threshold[j]
                if not numbers.cells:
                    v[j] = max(v[j] - push * (fired - one), low)
                if one:
                    if numbers.cells:
                        own[j] += 1 - b
                    if fired_at.size > 0:
                        fired_at[t, j] = 1
                    if learn:
                        extra[j] += numbers.plus
                        threshold[j] = RESTING + extra[j]
                        learn_spike(w, j, t, state, numbers, eta)
                        if counts[j] == 1:
                            spoke[n_spoke] = j
                            n_spoke += 1
            if numbers.cells:
                pool += (1 - b) * fired
        if pool > 0:
            for j in range(n):
                v[j] = max(v[j] - push * (pool - own[j]), low)
        for j in range(n):
            drive[j] *= a
    return total, crossings


@compiled
def _normalise(w, counts, mean):
    """Scale the weights onto each neuron that has fired to this mean: who gains here must give there."""
    n_in, n = w.shape
    for j in range(n):
        if counts[j] > 0:
            found = 0.0
            for i in range(n_in):
                found += w[i, j]
            factor = w.dtype.type(mean * n_in / found)
            for i in range(n_in):
                w[i, j] *= factor


@compiled
def run(images, w, extra, delays, numbers, learn, etas, seeds, state, counts, tally):
    """Show images one after the other, each again and brighter while the network says too little.

    Fills counts (images, neurons), and adds to tally: spikes, neurons above their thresholds, tries beyond the first.
    """
    n_in, n = w.shape
    room = numbers.n_steps * n_in
    spikes = Spikes(np.empty(numbers.n_steps, np.int32), np.empty(room, np.int32), np.empty(room, np.int32))
    nobody, dice = np.empty((0, 0), np.uint8), np.empty(1, np.uint64)
    for number in range(len(images)):
        dice[0] = seeds[number]
        rate = numbers.max_rate
        for _ in range(TRIES):
            draw_spikes(images[number] * (rate * numbers.t_step), dice, spikes)
            total, crossings = show(
                spikes, w, extra, delays, numbers, learn, etas[number], state, counts[number], nobody
            )
            tally[0] += total
            tally[1] += crossings
            if learn and numbers.mean_weight > 0:
                _normalise(w, counts[number], numbers.mean_weight)
            if total >= numbers.enough:
                break
            rate *= 1.25
            tally[2] += 1
        if learn:
            for j in range(n):
                extra[j] *= numbers.sinks


def listed(raster: np.ndarray) -> Spikes:
    """Input spikes given as an array (steps, inputs), > 0 where one is, in the order that the loops take."""
    steps, inputs = np.nonzero(raster)
    heads, following = np.full(len(raster), -1, np.int32), np.empty(len(steps), np.int32)
    for k, step in enumerate(steps):
        following[k], heads[step] = heads[step], k
    return Spikes(heads, following, inputs.astype(np.int32))
