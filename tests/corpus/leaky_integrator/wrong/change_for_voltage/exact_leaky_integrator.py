# slip: the change of the voltage takes the place of the voltage
# named: nothing_kept
def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=float)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        v = (1 - np.exp(-dt / tau)) * (i - v)
        out.append(v)
    return np.array(out)
