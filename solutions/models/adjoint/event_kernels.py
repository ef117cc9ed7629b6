"""The compiled loops of :mod:`solutions.models.adjoint.compiled`: from event to event, and back to the voltages.

Between two events the voltage of a neuron is V = slow x - fast x^r, with x = exp(-t / tau_m) and r = tau_m / tau_s.
What makes the loop fast:

- A neuron is touched only when something arrives there, and when it spikes. The heights of all are kept as they were at
  one time, so nothing decays, and an arrival is two additions.
- A neuron whose voltage has its peak below the threshold is seen by one comparison, and no time is sought for it.
- V is concave in x: its tangent gets to the threshold before it does. So a division gives a time before which a neuron
  cannot spike. The spike is solved for only if this time comes before the next input and nothing has arrived meanwhile.
- Who comes next is found in a ring of short slots of time, each with a list of the neurons that may spike in it. Who is
  due later than the ring reaches is in its last slot, and goes on to another from there.

One file for all loops: Numba keeps what it has compiled until the file of a function changes, not that of one it calls.
"""

import math

import numpy as np

from solutions.models.compiled import compiled

FAR = 20.0  # times tau_s: then heights are kept as of a later time, before their numbers get too large
TRIES = 100  # of a search, which needs three
FEWEST_SLOTS, LAST_SLOT = 64, 1e18
# of a neuron: its heights, a time before which it does not spike, x when it was touched, or 0 if it does spike then
SLOW, FAST, EARLIEST, TOUCHED = 0, 1, 2, 3
BEFORE, AFTER = 0, 1  # its neighbours in a list


@compiled
def _power(x, ratio, whole):
    """x^ratio, as products if the ratio is a ``whole`` number; if it is not, ``whole`` is 0."""
    if whole < 1:
        return x**ratio
    power = x
    for _ in range(whole - 1):
        power *= x
    return power


@compiled
def _gets_there(s, f, threshold, ratio, whole):
    """Whether a voltage s - f that rises has a peak at the threshold or above."""
    current = f * (ratio - 1)
    return current > threshold and _power(s * (1 - 1 / ratio) / threshold, ratio, whole) * threshold >= current


@compiled
def _at_threshold(x, slow, fast, threshold, ratio, whole):
    """The largest x, not above a given one, where slow x - fast x^ratio is the threshold; 0 if there is none.

    Householder's steps with three derivatives; Newton's where the parabola does not get there. Neither goes past the
    peak.
    """
    more = max(ratio - 2, 0.0)
    for _ in range(TRIES):
        s, f = slow * x, fast * _power(x, ratio, whole)
        missing, slope, bend = threshold - s + f, ratio * f - s, ratio * (ratio - 1) * f
        if slope <= 0 or (ratio - 1) * f <= threshold:  # it does not rise, or the current is below
            return 0.0
        square, felt = slope * slope, missing * bend
        if 2 * felt <= square:
            step = missing * (6 * square - 3 * felt) / (6 * slope * (square - felt) + missing * felt * more)
        elif _gets_there(s, f, threshold, ratio, whole):
            step = missing / slope
        else:
            return 0.0
        x -= x * step
        next_one = abs(ratio * bend * step)
        if next_one * next_one * next_one * abs(step) < 1e-16 * square * slope:
            break
    return x


@compiled
def _put(n, place, links):
    """Take neuron n out of its list, and into that at ``place``."""
    before, after = links[n, BEFORE], links[n, AFTER]
    links[before, AFTER], links[after, BEFORE] = after, before
    after = links[place, AFTER]
    links[n, BEFORE], links[n, AFTER] = place, after
    links[place, AFTER] = links[after, BEFORE] = n


@compiled
def run(waiting, synapses, neurons, threshold, tau_m, tau_s, most):
    """The events of a run.

    Parameters
    ----------
    waiting : times and senders of the inputs in their order, at last the end, from -1.
    synapses : where those of each sender begin, and their number; their receivers; what each adds to both heights.
    neurons : how many may spike.
    most : a run with more rows is given up.

    Returns
    -------
    times, senders, currents : as a :class:`solutions.models.adjoint.run.Run` has them.
    whole : False for a run that is given up.
    """
    input_times, input_senders = waiting
    first, receivers, lifts = synapses
    n_in, ratio = len(first) - 1 - neurons, tau_m / tau_s
    whole = round(ratio) if round(ratio) == ratio and ratio < FAR else 0
    times, senders, currents = np.empty(most), np.empty(most, np.int64), np.empty(most)
    times[0], senders[0], currents[0] = 0.0, -1, 0.0
    state = np.zeros((neurons, 4))
    state[:, EARLIEST] = np.inf
    slots, per_ms = FEWEST_SLOTS, neurons / tau_s
    while slots < neurons:
        slots *= 2
    never, ring, mask = neurons, neurons + 1, slots - 1  # lists begin behind the neurons
    links = np.empty((ring + slots, 2), np.int32)
    links[:, BEFORE] = links[:, AFTER] = np.arange(len(links))
    at, listed, kept_at, due, count = 0, 0, 0.0, 0, 1
    while due < len(input_times):
        if count == most:
            return times, senders, currents, False
        # Who spikes before the next input? Of several at the same time the lowest.
        until, fires, n = input_times[due], False, 0
        last = int(min(until * per_ms, LAST_SLOT))
        while listed:
            slot = ring + (at & mask)
            n = links[slot, AFTER]
            if n == slot:
                if at == last:
                    break
                at += 1
                continue
            m = links[n, AFTER]
            while m != slot:
                if state[m, EARLIEST] < state[n, EARLIEST] or (state[m, EARLIEST] == state[n, EARLIEST] and m < n):
                    n = m
                m = links[m, AFTER]
            earliest = state[n, EARLIEST]
            if earliest >= until and at == last:
                break
            if earliest * per_ms < at + 1:  # this slot is the neuron's own
                if not state[n, TOUCHED]:
                    fires = True
                    break
                x = _at_threshold(state[n, TOUCHED], state[n, SLOW], state[n, FAST], threshold, ratio, whole)
                earliest = max(earliest, kept_at - tau_m * math.log(x))
                state[n, EARLIEST], state[n, TOUCHED] = earliest, 0.0
            if earliest == np.inf:
                _put(n, never, links)
                listed -= 1
            else:
                _put(n, ring + (int(min(earliest * per_ms, at + mask)) & mask), links)
        now, sender, current = until, input_senders[due], 0.0
        if fires:
            now, sender = state[n, EARLIEST], n_in + n
        else:
            at, due = last, due + 1
        if sender >= 0:
            keep_m = math.exp((kept_at - now) / tau_m)
            keep_s = _power(keep_m, ratio, whole)
            if now - kept_at > FAR * tau_s:
                state[:, SLOW] *= keep_m
                state[:, FAST] *= keep_s
                state[:, TOUCHED] /= keep_m
                kept_at, keep_m, keep_s = now, 1.0, 1.0
            since_m, since_s = 1 / keep_m, 1 / keep_s
            if fires:  # and is where it was in the ring: it may spike again from now on
                f = state[n, FAST] * keep_s
                current, state[n, SLOW], state[n, TOUCHED] = f * (ratio - 1), f * since_m, keep_m
            for k in range(first[sender], first[sender + 1]):
                m = receivers[k]
                slow, fast = state[m, SLOW] + lifts[k] * since_m, state[m, FAST] + lifts[k] * since_s
                state[m, SLOW], state[m, FAST], state[m, TOUCHED] = slow, fast, keep_m
                s, f = slow * keep_m, fast * keep_s
                missing, slope = threshold - s + f, ratio * f - s
                if missing < slope and _gets_there(s, f, threshold, ratio, whole):
                    step = max(missing / slope, 0.0)
                    earliest = now + tau_m * step * (1 + step / 2)  # at most -tau_m log(1 - step)
                    if earliest < state[m, EARLIEST]:
                        listed += state[m, EARLIEST] == np.inf
                        state[m, EARLIEST] = earliest
                        _put(m, ring + (int(min(earliest * per_ms, at + mask)) & mask), links)
        times[count], senders[count], currents[count] = now, sender, current
        count += 1
    return times[:count], senders[:count], currents[:count], True


@compiled
def voltages(moments, events, lifts, n_in, n_hidden, begin, tau_m, tau_s):
    """The voltages of the neurons from ``begin`` on, at moments in their order, a row for each.

    ``events`` are times and senders of a run. ``lifts`` has what each synapse adds to both heights, a row for each
    sender and a column for each of these neurons.
    """
    times, senders = events
    found = np.empty((len(moments), lifts.shape[1]))
    slow, fast = np.zeros(lifts.shape[1]), np.zeros(lifts.shape[1])
    kept_at, event = 0.0, 0
    for row in range(len(moments)):
        while event < len(times) and times[event] <= moments[row]:
            now, sender = times[event], senders[event]
            event += 1
            if sender < 0:
                continue
            keep_m, keep_s = math.exp((kept_at - now) / tau_m), math.exp((kept_at - now) / tau_s)
            if now - kept_at > FAR * tau_s:
                slow *= keep_m
                fast *= keep_s
                kept_at, keep_m, keep_s = now, 1.0, 1.0
            n = sender - n_in - begin
            if sender >= n_in and 0 <= n < n_hidden - begin:
                slow[n] = fast[n] * keep_s / keep_m
            for m in range(len(slow)):
                slow[m] += lifts[sender, m] / keep_m
                fast[m] += lifts[sender, m] / keep_s
        keep_m, keep_s = math.exp((kept_at - moments[row]) / tau_m), math.exp((kept_at - moments[row]) / tau_s)
        for m in range(len(slow)):
            found[row, m] = slow[m] * keep_m - fast[m] * keep_s
    return found
