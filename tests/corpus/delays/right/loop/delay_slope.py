import math


def delay_slope(spikes, delays):
    spikes = np.asarray(spikes, dtype=float)
    slope = np.zeros_like(spikes)
    for n in range(spikes.shape[1]):
        k = int(math.floor(delays[n]))
        for t in range(len(spikes)):
            earlier = spikes[t - k - 1, n] if 0 <= t - k - 1 < len(spikes) else 0.0
            here = spikes[t - k, n] if 0 <= t - k < len(spikes) else 0.0
            slope[t, n] = earlier - here
    return slope
