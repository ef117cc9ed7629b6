def weight_gradient(lambda_I, spikes, tau_s=5.0):
    lambda_I = np.asarray(lambda_I)
    return [-tau_s * lambda_I[heard == 1].sum(axis=0) for heard in np.asarray(spikes).T]
