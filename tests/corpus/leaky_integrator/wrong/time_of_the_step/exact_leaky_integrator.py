# slip: the exponent has n dt, the time since the start, from n = 0
# named: time_since_the_start
def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=float)
    out = np.zeros_like(x)
    v = np.zeros(x.shape[1:])
    for n in range(len(x)):
        left = np.exp(-(n * dt) / tau)
        v = x[n] * (1 - left) + v * left
        out[n] = v
    return out
