# slip: the fast membrane times the slow one, not minus it
# never said: Both membranes have the same time constant
def band_pass(signal, low, high):
    def membrane(cutoff):
        rate, v, voltages = 2 * math.pi * cutoff, 0.0, []
        for i in signal:
            v += (i - v) * rate
            voltages.append(v)
        return np.array(voltages)

    return membrane(high) * membrane(low)
