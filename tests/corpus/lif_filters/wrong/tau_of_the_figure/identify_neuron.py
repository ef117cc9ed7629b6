# slip: tau is not looked for, and the threshold is found for tau = 10
# not named:
def identify_neuron(inputs, outputs):
    z = np.asarray(outputs) > 0
    v, low, high = np.zeros(z.shape[1]), 0.0, np.inf
    for i, fired in zip(np.asarray(inputs), z):
        v = v + (i - v) / 10
        low, high = max(low, v[~fired].max(initial=0)), min(high, v[fired].min(initial=np.inf))
        v[fired] = 0
    return 10.0, (low + high) / 2
