# slip: -1 where it is never reached
from scipy.optimize import brentq


def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    k = tau_s / (tau_m - tau_s)

    def above(t):
        return (V + k * I) * math.exp(-t / tau_m) - k * I * math.exp(-t / tau_s) - threshold

    if I <= 0 or V + k * I <= 0:
        return -1.0
    peak = math.log(k * I * tau_m / ((V + k * I) * tau_s)) * tau_m * tau_s / (tau_m - tau_s)
    if peak <= 0 or above(peak) < 0:
        return -1.0
    return brentq(above, 0, peak, xtol=1e-13)
