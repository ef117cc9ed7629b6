# slip: raises where it never comes
# earns: 5
# not named:
import math
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    b = tau_s / (tau_m - tau_s) * I
    a = V + b
    f = lambda t: a * math.exp(-t / tau_m) - b * math.exp(-t / tau_s)
    if I <= V or a <= 0 or I <= 0:
        raise ValueError("never")
    peak = math.log(b * tau_m / a / tau_s) * tau_m * tau_s / (tau_m - tau_s)
    if f(peak) < threshold:
        raise ValueError("never")
    low, high = 0.0, peak
    while high - low > 1e-12:
        middle = 0.5 * (low + high)
        if f(middle) < threshold:
            low = middle
        else:
            high = middle
    return high
