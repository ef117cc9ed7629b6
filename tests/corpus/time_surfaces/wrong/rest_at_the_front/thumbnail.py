# slip: the rest is cut off at the beginning
# named: rest_cut_at_the_beginning
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    x = x[x.shape[0] % steps :, x.shape[1] % channels :]
    return x.reshape(len(x) // steps, steps, -1, channels).mean((1, 3)).T
