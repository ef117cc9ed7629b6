from scipy.signal import lfilter


def time_surface(spikes, tau):
    return lfilter([1 / tau], [1, 1 / tau - 1], np.asarray(spikes, dtype=float), axis=0)
