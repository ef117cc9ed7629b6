# slip: the parameter is called t, and tau is the one of the notebook
# named: always_one_tau
tau = 80


def leaky_integrator(input_data, t):
    v, out = 0, []
    for current in input_data:
        v = v + (current - v) / tau
        out.append(v)
    return np.array(out)
