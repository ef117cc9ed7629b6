def weight_gradient(lambda_I, spikes, tau_s=5.0):
    return np.asarray(spikes).T.astype(np.float32).dot(np.asarray(lambda_I)) * -tau_s
