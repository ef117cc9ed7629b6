# slip: the exact step
# named: exact_step
def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)
    v, zs, vs, a = np.zeros(x.shape[1:]), [], [], 1 - np.exp(-1 / tau)
    for i in x:
        v = v + a * (i - v)
        z = (v >= threshold) * 1.0
        v = (1 - z) * v
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
