def thumbnail(spikes, steps, channels):
    x = np.asarray(spikes, dtype=float)
    x = x[: len(x) - len(x) % steps, : x.shape[1] - x.shape[1] % channels]
    along = sum(x[k::steps] for k in range(steps))
    both = sum(along[:, k::channels] for k in range(channels))
    return (both / (steps * channels)).transpose()
