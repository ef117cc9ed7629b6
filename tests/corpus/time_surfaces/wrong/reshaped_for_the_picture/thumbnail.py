# slip: reshape instead of transpose at the end
# named: time_down
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    a, b = len(x) // steps, x.shape[1] // channels
    means = x[: a * steps, : b * channels].reshape(a, steps, b, channels).mean((1, 3))
    return np.reshape(means, (b, a))
