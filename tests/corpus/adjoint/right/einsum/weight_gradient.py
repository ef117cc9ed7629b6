def weight_gradient(lambda_I, spikes, tau_s=5.0):
    return -tau_s * np.einsum("nj,nm->jm", spikes, lambda_I)
