# slip: the threshold is 1 whatever is asked for
# named: always_one_threshold
def leaky_integrate_and_fire(input_data, tau, threshold=1):
    x = np.asarray(input_data, dtype=float)
    v, zs, vs = np.zeros(x.shape[1:]), [], []
    for i in x:
        v = v + (i - v) / tau
        z = (v >= 1) * 1.0
        v = (1 - z) * v
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
