from collections import Counter


def raster(times, channels, n_steps, n_channels):
    count = Counter((int(t), int(c)) for t, c in zip(times, channels))
    return np.array([[count[t, c] for c in range(n_channels)] for t in range(n_steps)], dtype=np.int32)
