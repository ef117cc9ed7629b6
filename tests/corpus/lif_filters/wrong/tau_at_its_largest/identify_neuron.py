# slip: tau is always 40, and the threshold is found for it
# never said: came back at index
def identify_neuron(inputs, outputs):
    v, silent, fired = np.zeros(np.shape(inputs)[1]), 0.0, np.inf
    for i, z in zip(np.asarray(inputs), np.asarray(outputs) > 0):
        v = v + (i - v) / 40
        fired = min([fired, *v[z]])
        silent = max([silent, *v[~z]])
        v = np.where(z, 0, v)
    return 40.0, (fired + silent) / 2
