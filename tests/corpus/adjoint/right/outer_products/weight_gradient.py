def weight_gradient(lambda_I, spikes, tau_s=5.0):
    total = np.zeros((np.shape(spikes)[1], np.shape(lambda_I)[1]))
    for sent, felt in zip(np.asarray(spikes), np.asarray(lambda_I)):
        total -= tau_s * np.outer(sent, felt)
    return total
