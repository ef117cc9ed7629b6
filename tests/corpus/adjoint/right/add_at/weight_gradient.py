def weight_gradient(lambda_I, spikes, tau_s=5.0):
    g = np.zeros((np.shape(spikes)[1], np.shape(lambda_I)[1]))
    n, j = np.nonzero(spikes)
    np.add.at(g, j, np.asarray(lambda_I)[n])
    return -tau_s * g
