# slip: flipped, so that channel 0 is at the bottom
# named: upside_down
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    a, b = len(x) // steps, x.shape[1] // channels
    return np.flipud(x[: a * steps, : b * channels].reshape(a, steps, b, channels).mean((1, 3)).T)
