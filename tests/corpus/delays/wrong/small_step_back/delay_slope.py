# slip: a difference over a small step to the smaller delay
# never said: The delay lies in the stretch above it
import math


def moved(spikes, delay):
    spikes = np.array(spikes, dtype=float)
    out = np.zeros_like(spikes)
    for n, d in enumerate(delay):
        for t in range(len(spikes)):
            whole = math.floor(d)
            for lag, share in ((whole, 1 - (d - whole)), (whole + 1, d - whole)):
                if 0 <= t - lag < len(spikes):
                    out[t, n] += share * spikes[t - lag, n]
    return out


def delay_slope(spikes, delays):
    delays = np.array(delays, dtype=float)
    return (moved(spikes, delays) - moved(spikes, delays - 1e-6)) / 1e-6
