# slip: the voltage goes on from one channel to the next
# named: one_voltage_for_all_channels
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    columns = x.reshape(len(x), -1)
    out, v = np.zeros_like(columns), 0.0
    for c in range(columns.shape[1]):
        for n in range(len(columns)):
            v += (columns[n, c] - v) / tau
            out[n, c] = v
    return out.reshape(x.shape)
