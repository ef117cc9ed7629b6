# slip: v += i / tau comes first, and the leak is taken of the new v
# named: new_current_leaks
def leaky_integrator(input_data, tau):
    x = np.array(input_data, dtype=float)
    v, trace = np.zeros_like(x[0]), np.zeros_like(x)
    for k in range(len(x)):
        v = v + x[k] / tau
        v = v * (1 - 1 / tau)
        trace[k] = v
    return trace
