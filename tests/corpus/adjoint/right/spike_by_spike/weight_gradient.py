def weight_gradient(lambda_I, spikes, tau_s=5.0):
    g = np.zeros((spikes.shape[1], lambda_I.shape[1]))
    for n, j in zip(*np.nonzero(spikes)):
        g[j] -= tau_s * lambda_I[n]
    return g
