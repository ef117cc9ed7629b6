# slip: euler in small steps
# earns: 0
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in input_data:
        for _ in range(100):
            v = v + dt / 100 * (i - v) / tau
        out.append(v)
    return out
