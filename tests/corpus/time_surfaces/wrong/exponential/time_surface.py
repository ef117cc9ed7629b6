# slip: the exact step
# named: exact_step
def time_surface(spikes, tau):
    return exact_leaky_integrator(spikes, tau, 1)


def exact_leaky_integrator(x, tau, dt):
    v, out = 0, []
    for i in np.asarray(x, dtype=float):
        v = i + (v - i) * np.exp(-dt / tau)
        out.append(v)
    return np.array(out)
