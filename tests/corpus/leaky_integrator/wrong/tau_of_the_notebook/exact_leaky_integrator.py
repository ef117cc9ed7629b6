# slip: the decay is computed once for tau = 20 and steps of one
# named: always_one_pace
keep = np.exp(-1 / 20)


def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in np.asarray(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return np.array(out)
