from scipy.optimize import brentq


def matching_tau(tau):
    keep = 1 - 1 / tau
    return 1 / brentq(lambda rate: np.exp(-rate) - keep, 0, 1000, xtol=1e-15)
