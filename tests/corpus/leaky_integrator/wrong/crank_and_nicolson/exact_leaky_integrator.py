# slip: crank and nicolson
# earns: 0
# named: second_order
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = (1 - dt / tau / 2) / (1 + dt / tau / 2), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
