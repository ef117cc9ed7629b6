# slip: tau = 1/f
# named: period_for_tau
def band_pass(signal, low, high):
    fast = leaky_integrate_and_fire(signal, 1 / high, np.inf)[1]
    return fast - leaky_integrate_and_fire(signal, 1 / low, np.inf)[1]
