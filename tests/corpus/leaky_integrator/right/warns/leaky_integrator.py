import warnings
def leaky_integrator(input_data, tau):
    warnings.warn("slow")
    np.float64(1) / np.float64(0)
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
