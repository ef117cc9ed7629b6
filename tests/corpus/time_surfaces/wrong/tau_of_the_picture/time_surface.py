# slip: tau = 20 of the figure stands in it
# named: always_one_tau
def time_surface(spikes, tau):
    return leaky_integrator(spikes, tau=20)
