# slip: the currents are read from the second on, and the last step has none
# named: one_step_early
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    later = np.vstack([x.reshape(len(x), -1)[1:], 0 * x.reshape(len(x), -1)[:1]]).reshape(x.shape)
    v, out = np.zeros(x.shape[1:]), []
    for i in later:
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out)
