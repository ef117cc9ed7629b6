def thumbnail(spikes, steps, channels):
    x = np.asarray(spikes)
    a, b = x.shape[0] // steps, x.shape[1] // channels
    x = x[: a * steps, : b * channels].reshape(a, steps, b, channels)
    return np.einsum("isjc->ji", x) / (steps * channels)
