# slip: mean over the steps, sum over the channels
# named: divided_by_one_length
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    a, b = len(x) // steps, x.shape[1] // channels
    return x[: a * steps, : b * channels].reshape(a, steps, b, channels).mean(1).sum(2).T
