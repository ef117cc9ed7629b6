def band_pass(signal, low, high):
    def high_pass(cutoff):
        return np.asarray(signal) - leaky_integrate_and_fire(signal, 1 / (2 * np.pi * cutoff), np.inf)[1]

    return high_pass(low) - high_pass(high)
