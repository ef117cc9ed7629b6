# slip: membranes with the threshold at 1
# named: membranes_fire
def band_pass(signal, low, high):
    fast = leaky_integrate_and_fire(signal, 1 / (2 * np.pi * high), 1)[1]
    slow = leaky_integrate_and_fire(signal, 1 / (2 * np.pi * low), 1)[1]
    return fast - slow
