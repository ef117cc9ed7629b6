from scipy.optimize import minimize_scalar, toms748


def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    def below(t):
        return threshold - (
            V * math.exp(-t / tau_m) + I * tau_s / (tau_m - tau_s) * (math.exp(-t / tau_m) - math.exp(-t / tau_s))
        )

    highest = minimize_scalar(below, bounds=(0, 30 * tau_m), method="bounded", options={"xatol": 1e-9}).x
    for top in (highest, *np.linspace(0, 10 * tau_s, 4001)):
        if below(top) <= 0:
            return toms748(below, 0, top, xtol=1e-12) if top > 0 else 0.0
    return math.inf
