def delay_slope(spikes, delays):
    delays = np.asarray(delays, dtype=float)
    whole = np.floor(delays)
    return (delayed(spikes, whole + 0.5) - delayed(spikes, whole)) / 0.5
