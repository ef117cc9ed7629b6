def delay_slope(spikes, delays):
    whole = np.floor(np.asarray(delays)).astype(np.float32)
    spikes = np.asarray(spikes, dtype=np.float32)
    return np.asarray(delayed(spikes, whole + 1), np.float32) - np.asarray(delayed(spikes, whole), np.float32)
