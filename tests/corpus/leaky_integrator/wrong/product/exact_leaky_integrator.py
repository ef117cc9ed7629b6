# slip: product
# earns: 0
# named: product_in_the_exponent
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt * tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
