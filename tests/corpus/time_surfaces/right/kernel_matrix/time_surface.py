def time_surface(spikes, tau):
    age = np.subtract.outer(np.arange(len(spikes)), np.arange(len(spikes)))
    kernel = np.where(age >= 0, (1 - 1 / tau) ** np.maximum(age, 0) / tau, 0)
    return kernel @ np.asarray(spikes)
