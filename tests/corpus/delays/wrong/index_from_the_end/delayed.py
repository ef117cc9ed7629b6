# slip: a negative index reads from the end
# named: wraps_around
def delayed(spikes, delays):
    moved = np.zeros(spikes.shape)
    for t in range(len(spikes)):
        for n, delay in enumerate(delays):
            whole = int(np.floor(delay))
            part = delay - whole
            moved[t, n] = (1 - part) * spikes[(t - whole) % len(spikes), n]
            moved[t, n] += part * spikes[(t - whole - 1) % len(spikes), n]
    return moved
