import copy
def leaky_integrator(input_data, tau):
    assert tau > 0, "time runs forward"
    x = np.array(copy.deepcopy(input_data), dtype=float)
    assert x.ndim in (1, 2)
    for n in range(len(x)):
        before = x[n - 1] if n else 0
        x[n] = before + (x[n] - before) / tau
    return x
