# slip: the input is added divided by tau, however long the step is
# named: input_over_tau
def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in np.asarray(input_data):
        v = v * np.exp(-dt / tau) + i / tau
        out.append(v)
    return np.array(out)
