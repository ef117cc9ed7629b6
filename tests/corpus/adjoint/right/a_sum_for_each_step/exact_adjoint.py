def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    N = len(push)
    slow, fast = np.exp(-dt / tau_m) ** np.arange(N + 1), np.exp(-dt / tau_s) ** np.arange(N + 1)
    share_m = slow[:-1] - slow[1:]
    share_s = (tau_m * share_m - tau_s * (fast[:-1] - fast[1:])) / (tau_m - tau_s)
    return [(share_m[: N - n] @ push[n:], share_s[: N - n] @ push[n:]) for n in range(N)]
