def delay_kernel(delay, width, limit):
    k = np.arange(-limit, limit + 1, dtype=np.float32)
    curve = np.exp(np.float32(-0.5) * ((k - np.float32(delay)) / np.float32(width)) ** 2)
    return curve / curve.sum()
