# slip: v = (1 - z) v + z
# named: resets_to_one
def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)
    v, zs, vs = np.zeros(x.shape[1:]), [], []
    for i in x:
        v = v + (i - v) / tau
        z = (v >= threshold) * 1.0
        v = (1 - z) * v + z
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
