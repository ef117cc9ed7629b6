# slip: events are turned into yes or no
# named: several_count_as_one
def time_surface(spikes, tau):
    return leaky_integrator(np.asarray(spikes, dtype=bool), tau)
