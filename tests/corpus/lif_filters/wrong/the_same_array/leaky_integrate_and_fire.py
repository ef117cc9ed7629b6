# slip: v is changed in place and stored without a copy
# named: same_array
def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)
    v, zs, vs = np.zeros(x.shape[1:]), [], []
    for i in x:
        v += (i - v) / tau
        z = (v >= threshold) * 1.0
        v *= 1 - z
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
