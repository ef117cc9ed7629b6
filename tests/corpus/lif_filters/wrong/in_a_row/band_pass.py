# slip: one membrane after the other
# named: one_after_the_other
def band_pass(signal, low, high):
    fast = leaky_integrate_and_fire(signal, 1 / (2 * np.pi * high), np.inf)[1]
    return leaky_integrate_and_fire(fast, 1 / (2 * np.pi * low), np.inf)[1]
