# slip: counts spikes in 1000 steps
# named: counted
def firing_rate(current, tau, threshold):
    z, v = leaky_integrate_and_fire(np.full(1000, float(current)), tau, threshold)
    return z.sum() / 1000
