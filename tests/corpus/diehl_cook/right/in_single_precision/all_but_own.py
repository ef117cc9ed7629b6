def all_but_own(spikes):
    spikes = np.array(spikes, dtype=np.float32)
    return np.full_like(spikes, spikes.sum()) - spikes
