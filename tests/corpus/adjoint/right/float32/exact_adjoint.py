def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    em, es = math.exp(-dt / tau_m), math.exp(-dt / tau_s)
    out = np.zeros((len(push), 2), np.float32)
    v = i = np.float32(0)
    for n in reversed(range(len(push))):
        p = np.float32(push[n])
        a = np.float32(tau_m / (tau_m - tau_s)) * (v - p)
        b = i - p - a
        v, i = p + (v - p) * np.float32(em), p + a * np.float32(em) + b * np.float32(es)
        out[n] = v, i
    return out
