# slip: each current is repeated dt times, with steps of one
# named: repeated
def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=float)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        for _ in range(max(1, int(dt))):
            v = i + (v - i) * np.exp(-1 / tau)
            out.append(v)
    return np.array(out)
