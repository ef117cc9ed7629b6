import math


def delay_slope(spikes, delays):
    spikes = np.array(spikes, float)
    out = np.zeros_like(spikes)
    for n, delay in enumerate(delays):
        k = math.floor(delay)
        for t in range(len(spikes)):
            if 0 <= t - k < len(spikes):
                out[t, n] -= spikes[t - k, n]
            if 0 <= t - k - 1 < len(spikes):
                out[t, n] += spikes[t - k - 1, n]
    return out
