# slip: no current is felt in the step after a spike
# named: pause_of_a_step
def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)
    v, z, zs, vs = np.zeros(x.shape[1:]), np.zeros(x.shape[1:]), [], []
    for i in x:
        v = np.where(z > 0, v, v + (i - v) / tau)
        z = (v >= threshold) * 1.0
        v = np.where(z > 0, 0, v)
        zs.append(z)
        vs.append(v)
    return np.array(zs), np.array(vs)
