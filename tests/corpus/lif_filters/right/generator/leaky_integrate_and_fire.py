def leaky_integrate_and_fire(input_data, tau, threshold):
    def steps():
        v = 0
        for i in np.asarray(input_data):
            v = v + (i - v) / tau
            z = np.asarray(v >= threshold, dtype=int)
            v = v * (1 - z)
            yield z, v

    z, v = zip(*steps())
    return np.array(z), np.array(v)
