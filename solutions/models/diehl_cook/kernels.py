"""The loops of the digit network, compiled: some hundred times as fast as the readable one.

What makes it fast: nothing is done for a silent input. The potentials of all synapses of a neuron fade alike, so
one number per neuron stands for their sum (a filter is linear). A trace is computed when somebody asks for it; weights
are touched when their neuron fires. What is left for every step is one multiplication and one addition per neuron.

One file for all loops: Numba keeps what it has compiled until the file of a function changes, not that of one it calls.
"""

import math

import numpy as np

from solutions.models.compiled import compiled
from solutions.models.diehl_cook.compiled import Spikes
from solutions.models.diehl_cook.settings import Pace

RESTING = 1.0  # the threshold of a neuron that has not fired for long
TRIES = 20  # an image at which the network stays silent is given up after so many


@compiled
def _uniform(state):
    """A number between 0 and 1 from splitmix64: the state is one number, so a training can be taken up again."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def draw_spikes(chances, state, spikes):
    """Poisson spikes of all inputs, in place. Gaps between spikes are drawn, not steps."""
    heads, following, channels = spikes
    heads[:] = -1
    n = 0
    for i in range(chances.size):
        chance = min(chances[i], 0.999)
        if chance <= 0:
            continue
        scale = 1.0 / math.log(1.0 - chance)
        t = int(math.log(1.0 - _uniform(state)) * scale)
        while t < heads.size:
            channels[n] = i
            following[n] = heads[t]
            heads[t] = n
            n += 1
            t += 1 + int(math.log(1.0 - _uniform(state)) * scale)


@compiled
def follow_while_some_rest(drive, v, threshold, waiting, numbers, keep):
    """All voltages that are awake follow their drives for one step: how many are then above their thresholds?"""
    over, dt = 0, numbers.t_step
    for j in range(v.size):
        awake = min(max(dt - waiting[j], 0.0), dt)
        waiting[j] = max(waiting[j] - dt, 0.0)
        if awake == dt:
            v[j] = drive[j] + (v[j] - drive[j]) * keep
        else:
            v[j] = drive[j] + (v[j] - drive[j]) * v.dtype.type(math.exp(-awake / numbers.tau_rc))
        over += v[j] > threshold[j]
    return over


@compiled
def begin_to_rest(state, numbers, counts):
    """Who fires begins to rest and is counted: all above their thresholds, or who was there first. Who, and how many?

    -1 stands for all of them.
    """
    drive, v, threshold, waiting = state.drive, state.v, state.threshold, state.waiting
    first, earliest, fired = -1, 0.0, 0
    for j in range(v.size):
        if v[j] > threshold[j]:
            since = 0.0
            gap = float(drive[j]) - float(v[j])
            if gap > 0:
                since = numbers.tau_rc * math.log((float(drive[j]) - float(threshold[j])) / gap)
            if first < 0 or since > earliest:
                first, earliest = j, since
            if not numbers.first_only:
                # who slept for a part of this step cannot have been there before it woke
                waiting[j] = numbers.tau_ref - min(since, numbers.t_step)
                counts[j] += 1
                fired += 1
    if not numbers.first_only:
        return -1, fired
    waiting[first] = numbers.tau_ref - min(earliest, numbers.t_step)
    counts[first] += 1
    return first, 1


@compiled
def learn_late_input(w, i, t, state, numbers, spoke):
    """An input spikes after neurons have: its weights to them sink, by a_minus exp(-(time since) / tau_minus)."""
    kind, y, y_at = w.dtype.type, state.y, state.y_at
    for j in spoke:
        trace = y[j] * math.exp((y_at[j] - t) * numbers.t_step / numbers.tau_minus)
        w[i, j] = max(w[i, j] - kind(numbers.a_minus * trace), kind(0))


@compiled
def learn_spike(w, j, t, state, numbers, eta):
    """A neuron fires: the weights of the inputs that spiked before grow, by eta exp(-(time since) / tau_plus)."""
    kind, x, x_at = w.dtype.type, state.x, state.x_at
    for i in range(x.size):
        if x[i] > 0:
            fades = math.exp((x_at[i] - t) * numbers.t_step / numbers.tau_plus)
            w[i, j] = min(w[i, j] + kind(eta * x[i] * fades), kind(1))
    state.y[j] = 1.0
    state.y_at[j] = t


@compiled
def show(spikes, w, extra, delays, numbers, learn, pace, state, counts, fired_at):
    """One presentation, from a fresh start. Changes w and extra if learn; fills counts and fired_at (if not empty)."""
    n_in, n = w.shape
    heads, following, channels = spikes
    dt, kind = numbers.t_step, w.dtype.type
    drive, v, threshold, waiting, own = state.drive, state.v, state.threshold, state.waiting, state.own
    x, x_at = state.x, state.x_at
    a, keep = kind(math.exp(-dt / numbers.tau_s)), kind(math.exp(-dt / numbers.tau_rc))
    b = kind(math.exp(-dt / numbers.tau_inhibition))
    weight_of_one = kind((1.0 - math.exp(-dt / numbers.tau_s)) / dt / n_in)
    push, low = kind(numbers.inhibition), kind(numbers.floor)
    ring = delays.size > 0
    depth = int(delays.max()) + 1 if ring else 1
    late = np.zeros((depth, n), w.dtype)
    for row in (drive, v, waiting, own):
        row[:] = 0
    for trace in (x, x_at, state.y, state.y_at):
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
                x[i] = 1.0
                x_at[i] = t
            k = following[k]
        if ring:
            for j in range(n):
                drive[j] += late[t % depth, j]
                late[t % depth, j] = 0
        if t <= asleep_until:
            over = follow_while_some_rest(drive, v, threshold, waiting, numbers, keep)
        else:
            over = 0
            for j in range(n):
                v[j] = drive[j] + (v[j] - drive[j]) * keep
                over += v[j] > threshold[j]
        if numbers.cells and pool > 0:
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
                        extra[j] += numbers.plus * pace.homeostasis
                        threshold[j] = RESTING + extra[j]
                        learn_spike(w, j, t, state, numbers, pace.a_plus)
                        if counts[j] == 1:
                            spoke[n_spoke] = j
                            n_spoke += 1
            if numbers.cells:
                pool += (1 - b) * fired
        if numbers.cells and pool > 0:
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
def _until_enough(image, w, extra, delays, numbers, learn, pace, dice, spikes, state, counts, have_fired, tally):
    """Show one image, again and brighter while the network says too little. Marks who has fired in any of the tries."""
    nobody = np.empty((0, 0), np.uint8)
    rate = numbers.max_rate
    for _ in range(TRIES):
        draw_spikes(image * (rate * numbers.t_step), dice, spikes)
        total, crossings = show(spikes, w, extra, delays, numbers, learn, pace, state, counts, nobody)
        tally[0] += total
        tally[1] += crossings
        for j in range(counts.size):
            have_fired[j] |= counts[j] > 0
        if learn and numbers.mean_weight > 0:
            _normalise(w, counts, numbers.mean_weight)
        if total >= numbers.enough:
            break
        rate *= 1.25
        tally[2] += 1


@compiled
def _sink(extra, numbers, homeostasis):
    """After an image and its pause all thresholds have sunk a little."""
    left = numbers.sinks**homeostasis
    for j in range(extra.size):
        extra[j] *= left


@compiled
def _room_for_spikes(n_steps, n_in):
    room = n_steps * n_in
    return Spikes(np.empty(n_steps, np.int32), np.empty(room, np.int32), np.empty(room, np.int32))


@compiled
def run(images, w, extra, delays, numbers, learn, paces, seeds, state, counts, tally):
    """Show images one after the other.

    Fills counts (images, neurons), and adds to tally: spikes, neurons above their thresholds, tries beyond the first.
    """
    n_in, n = w.shape
    spikes, dice = _room_for_spikes(numbers.n_steps, n_in), np.empty(1, np.uint64)
    have_fired = np.zeros(n, np.bool_)
    for number in range(len(images)):
        dice[0] = seeds[number]
        pace = Pace(paces.a_plus[number], paces.homeostasis[number])
        _until_enough(
            images[number], w, extra, delays, numbers, learn, pace, dice, spikes, state, counts[number], have_fired,
            tally,
        )  # fmt: skip
        if learn:
            _sink(extra, numbers, pace.homeostasis)


@compiled
def run_some(images, who, by_neuron, extra, numbers, learn, paces, seeds, state, counts, tally):
    """The same, where only the neurons who[image] take part. Their weights are rows, so that each lies in one piece."""
    n_in, n_some = by_neuron.shape[1], who.shape[1]
    spikes, dice = _room_for_spikes(numbers.n_steps, n_in), np.empty(1, np.uint64)
    w, no_delays = np.empty((n_in, n_some), by_neuron.dtype), np.empty((0, 0), np.int16)
    extra_here, counts_here, have_fired = np.empty(n_some), np.zeros(n_some, counts.dtype), np.empty(n_some, np.bool_)
    for number in range(len(images)):
        dice[0] = seeds[number]
        pace = Pace(paces.a_plus[number], paces.homeostasis[number])
        have_fired[:] = False
        for k in range(n_some):
            j = who[number, k]
            extra_here[k] = extra[j]
            for i in range(n_in):
                w[i, k] = by_neuron[j, i]
        _until_enough(
            images[number], w, extra_here, no_delays, numbers, learn, pace, dice, spikes, state, counts_here,
            have_fired, tally,
        )  # fmt: skip
        for k in range(n_some):
            j = who[number, k]
            counts[number, j] = counts_here[k]
            if learn and have_fired[k]:
                extra[j] = extra_here[k]
                for i in range(n_in):
                    by_neuron[j, i] = w[i, k]
        if learn:
            _sink(extra, numbers, pace.homeostasis)
