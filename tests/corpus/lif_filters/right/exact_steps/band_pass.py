def band_pass(signal, low, high):
    keep_fast, keep_slow = np.exp(-2 * np.pi * high), np.exp(-2 * np.pi * low)
    fast = slow = 0.0
    for i in signal:
        fast, slow = i + (fast - i) * keep_fast, i + (slow - i) * keep_slow
        yield fast - slow


_steps = band_pass


def band_pass(signal, low, high):
    return np.fromiter(_steps(signal, low, high), dtype=float)
