from scipy.optimize import brentq


def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    T = brentq(lambda T: current * (1 - np.exp(-T / tau)) - threshold, 0, 100 * tau, xtol=1e-12, rtol=1e-12)
    return 1 / T
