# slip: an if, which cannot decide for a row of neurons
# not named:
# earns: 7
def leaky_integrate_and_fire(input_data, tau, threshold):
    v, zs, vs = 0.0, [], []
    for i in input_data:
        v = v + (i - v) / tau
        if v >= threshold:
            v = 0.0
            zs.append(1)
        else:
            zs.append(0)
        vs.append(v)
    return np.array(zs), np.array(vs)
