# slip: the wrong way round
# named: wrong_way_round
def band_pass(signal, low, high):
    slow = leaky_integrate_and_fire(signal, 1 / (2 * np.pi * low), np.inf)[1]
    return slow - leaky_integrate_and_fire(signal, 1 / (2 * np.pi * high), np.inf)[1]
