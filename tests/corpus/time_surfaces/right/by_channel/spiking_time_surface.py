def spiking_time_surface(spikes, tau, threshold):
    columns = [leaky_integrate_and_fire(train, tau, threshold)[0] for train in np.transpose(spikes)]
    return np.stack(columns, axis=1)
