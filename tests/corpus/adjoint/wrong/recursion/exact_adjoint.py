# slip: a call for each step, and Python ends a recursion after 1000 calls or so
# earns: 6
# said: a loop has no end of that kind
def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    def rows(n):
        if n == len(push):
            return []
        later = rows(n + 1)
        V, I = later[-1] if later else (0.0, 0.0)
        m, s, p = np.exp(-dt / tau_m), np.exp(-dt / tau_s), push[n]
        tilt = (V - p) * tau_m / (tau_m - tau_s)
        later.append((p + (V - p) * m, p + tilt * m + (I - p - tilt) * s))
        return later
    return np.array(rows(0)[::-1])
