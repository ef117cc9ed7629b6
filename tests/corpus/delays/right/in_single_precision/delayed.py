def delayed(spikes, delays):
    spikes = np.asarray(spikes, dtype=np.float32)
    out = np.zeros_like(spikes)
    for n, delay in enumerate(np.asarray(delays, dtype=np.float32)):
        t = np.arange(len(spikes), dtype=np.float32) - delay
        out[:, n] = np.interp(t, np.arange(-1, len(spikes) + 1), np.pad(spikes[:, n], 1))
    return out
