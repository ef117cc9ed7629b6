def one_channel(currents, tau):
    v, out = 0.0, []
    for i in currents:
        v += (float(i) - v) / tau
        out.append(v)
    return out
def leaky_integrator(input_data, tau):
    rows = [list(row) if hasattr(row, "__len__") else [row] for row in input_data]
    channels = [one_channel(channel, tau) for channel in zip(*rows)]
    out = [list(row) for row in zip(*channels)]
    return out if hasattr(input_data[0], "__len__") else [row[0] for row in out]
