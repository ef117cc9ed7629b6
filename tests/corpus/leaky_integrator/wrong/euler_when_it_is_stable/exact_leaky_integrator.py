# slip: euler when it is stable
# at most: 3
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = 1 - dt / tau if dt < 0.1 * tau else np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
