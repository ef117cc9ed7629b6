# slip: places with an event are counted, not events
# named: several_count_as_one
def thumbnail(spikes, steps, channels):
    x = np.array(spikes) != 0
    a, b = len(x) // steps, x.shape[1] // channels
    return np.array(
        [[x[n * steps : n * steps + steps, c * channels : c * channels + channels].mean() for n in range(a)] for c in range(b)]
    )
