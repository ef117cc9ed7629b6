# slip: one membrane for all channels
# named: channels_added
def time_surface(spikes, tau):
    return leaky_integrator([sum(row) for row in spikes], tau)
