from scipy.signal import lfilter


def band_pass(signal, low, high):
    def membrane(cutoff):
        rate = 2 * np.pi * cutoff
        return lfilter([rate], [1, rate - 1], np.asarray(signal, dtype=float))

    return membrane(high) - membrane(low)
