"""The compiled loops of :mod:`solutions.models.adjoint.layer`, each over recordings ``begin`` to ``end`` of a batch.

``first`` says where the events of each recording begin. ``arrivals`` has four numbers for each event: its channel, its
step, and what a weight of 1 adds to I (decay) and to V (rise) at the end of this step. ``fixed`` holds what does not
change in time: ``layer.forward`` makes them. Both ways back carry a_V = dL/dV and a_I = dL/dI (for readouts: o_v, o_i)
from the end to the start, and add to ``d_hidden`` and ``d_out``. ``error`` (recordings, steps, classes) or
(recordings, 1, classes) times ``emphasis`` (steps) is dL/dV of the readouts.
"""

import numpy as np

try:
    from numba import njit
except ImportError:
    raise ImportError("the networks of this chapter are compiled by numba: pip install numba") from None


@njit(nogil=True)
def forward(begin, end, hidden, out, first, arrivals, fixed, run):
    keep_m, keep_s, lifted, tau_m, tau_s, theta, dt, lift = fixed
    channels, step, decay, rise = arrivals
    voltage, n_spikes, spike_step, spike_neuron, at, membrane = run
    n_steps, n_out, n_hidden = voltage.shape[1], voltage.shape[2], hidden.shape[1]
    v, i = np.empty_like(hidden[0]), np.empty_like(hidden[0])
    before = np.empty_like(v)
    v_out, i_out = np.empty_like(out[0]), np.empty_like(out[0])
    for b in range(begin, end):
        v[:], i[:], v_out[:], i_out[:] = 0, 0, 0, 0
        event, last, count = first[b], first[b + 1], 0
        for t in range(n_steps):
            for j in range(n_hidden):
                before[j] = v[j]
                v[j] = keep_m * v[j] + lifted * i[j]
                i[j] *= keep_s
            for o in range(n_out):
                v_out[o] = keep_m * v_out[o] + lifted * i_out[o]
                i_out[o] *= keep_s
            while event < last and step[event] == t:
                row, to_i, to_v = hidden[channels[event]], decay[event], rise[event]
                for j in range(n_hidden):
                    i[j] += row[j] * to_i
                    v[j] += row[j] * to_v
                event += 1
            if membrane.size:
                membrane[b, t] = v
            for j in range(n_hidden):
                if v[j] >= theta:
                    climbed = v[j] - before[j]
                    if before[j] < theta:
                        left = dt * (v[j] - theta) / climbed
                        at[b, count, 1] = (dt - left) / climbed
                        at[b, count, 2] = left / climbed
                    else:  # two spikes in a step: the second waits for the next one to begin
                        left = dt
                        at[b, count, 1] = 0
                        at[b, count, 2] = 0
                    at[b, count, 0] = left
                    spike_step[b, count], spike_neuron[b, count] = t, j
                    count += 1
                    slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                    v[j] -= theta * slow
                    row = out[j]
                    for o in range(n_out):
                        i_out[o] += row[o] * fast
                        v_out[o] += row[o] * (lift * (slow - fast))
            for o in range(n_out):
                voltage[b, t, o] = v_out[o]
        n_spikes[b] = count


@njit(nogil=True)
def back_to_the_start_of_the_step(t, event, first_event, arrivals, fixed, a_v, a_i, o_v, o_i, d_hidden):
    """From the end of step t to its start: what its events say to the hidden weights, and the decay of all adjoints.

    Returns the latest event before the step.
    """
    keep_m, keep_s, lifted = fixed[0], fixed[1], fixed[2]
    channels, step, decay, rise = arrivals
    while event >= first_event and step[event] >= t:
        if step[event] == t:  # those after the last step are passed over
            row, to_i, to_v = d_hidden[channels[event]], decay[event], rise[event]
            for j in range(len(a_v)):
                row[j] += a_i[j] * to_i + a_v[j] * to_v
        event -= 1
    for j in range(len(a_v)):
        a_i[j] = keep_s * a_i[j] + lifted * a_v[j]
        a_v[j] *= keep_m
    for o in range(len(o_v)):
        o_i[o] = keep_s * o_i[o] + lifted * o_v[o]
        o_v[o] *= keep_m
    return event


@njit(nogil=True)
def eventprop(begin, end, out, first, arrivals, fixed, run, error, emphasis, d_hidden, d_out):
    _keep_m, _keep_s, _lifted, tau_m, tau_s, theta, _dt, lift = fixed
    _voltage, n_spikes, spike_step, spike_neuron, at, _membrane = run
    n_errors, n_steps, n_out = error.shape[1], len(emphasis), out.shape[1]
    a_v, a_i = np.empty_like(d_hidden[0]), np.empty_like(d_hidden[0])
    earlier = np.empty_like(a_v)  # what a spike says to the voltage of its neuron at the start of its step
    o_v, o_i = np.empty_like(out[0]), np.empty_like(out[0])
    for b in range(begin, end):
        a_v[:], a_i[:], o_v[:], o_i[:] = 0, 0, 0, 0
        event, spike = first[b + 1] - 1, n_spikes[b] - 1
        for t in range(n_steps - 1, -1, -1):
            for o in range(n_out):
                o_v[o] += emphasis[t] * error[b, t % n_errors, o]
            last = spike
            while spike >= 0 and spike_step[b, spike] == t:
                j, left = spike_neuron[b, spike], at[b, spike, 0]
                slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                rising = lift * (slow - fast)
                later = a_v[j] * theta * slow / tau_m  # dL/d(left): a later spike is reset later,
                for o in range(n_out):  # and heard later
                    d_out[j, o] += o_i[o] * fast + o_v[o] * rising
                    later += out[j, o] * (o_v[o] * lift * (fast / tau_s - slow / tau_m) - o_i[o] * fast / tau_s)
                a_v[j] += later * at[b, spike, 1]
                earlier[j] = later * at[b, spike, 2]
                spike -= 1
            event = back_to_the_start_of_the_step(t, event, first[b], arrivals, fixed, a_v, a_i, o_v, o_i, d_hidden)
            for s in range(spike + 1, last + 1):
                a_v[spike_neuron[b, s]] += earlier[spike_neuron[b, s]]


@njit(nogil=True)
def surrogate(begin, end, out, first, arrivals, fixed, run, error, emphasis, d_hidden, d_out, beta):
    _keep_m, _keep_s, _lifted, tau_m, tau_s, theta, _dt, lift = fixed
    _voltage, n_spikes, spike_step, spike_neuron, at, membrane = run
    n_errors, n_steps, n_out, n_hidden = error.shape[1], len(emphasis), out.shape[1], out.shape[0]
    a_v, a_i = np.empty_like(d_hidden[0]), np.empty_like(d_hidden[0])
    blame = np.empty_like(a_v)
    o_v, o_i = np.empty_like(out[0]), np.empty_like(out[0])
    across = np.ascontiguousarray(out.T)
    for b in range(begin, end):
        a_v[:], a_i[:], o_v[:], o_i[:] = 0, 0, 0, 0
        event, spike = first[b + 1] - 1, n_spikes[b] - 1
        for t in range(n_steps - 1, -1, -1):
            for o in range(n_out):
                o_v[o] += emphasis[t] * error[b, t % n_errors, o]
            while spike >= 0 and spike_step[b, spike] == t:
                j, left = spike_neuron[b, spike], at[b, spike, 0]
                slow, fast = np.exp(-left / tau_m), np.exp(-left / tau_s)
                for o in range(n_out):
                    d_out[j, o] += o_i[o] * fast + o_v[o] * lift * (slow - fast)
                spike -= 1
            for j in range(n_hidden):  # what one spike more would do: it is reset, and it is heard
                blame[j] = -theta * a_v[j]
            for o in range(n_out):
                row, felt = across[o], o_i[o]
                for j in range(n_hidden):
                    blame[j] += row[j] * felt
            for j in range(n_hidden):
                away = 1 + beta * abs(membrane[b, t, j] / theta - 1)
                a_v[j] += blame[j] / (theta * away * away)
            event = back_to_the_start_of_the_step(t, event, first[b], arrivals, fixed, a_v, a_i, o_v, o_i, d_hidden)
