def time_surface(spikes, tau):
    columns = [leaky_integrator(column, tau) for column in np.asarray(spikes, dtype=float).T]
    return np.stack(columns, axis=1)
