# slip: v = beta v + i
# named: exponential_decay
def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)
    v, zs, vs = np.zeros(x.shape[1:]), [], []
    beta = np.exp(-1 / tau)
    for i in x:
        v = beta * v + i
        z = (v >= threshold) * 1.0
        v = (1 - z) * v
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
