from scipy.special import logsumexp

def dense_kernel(delay, width, n_delays):
    x = np.arange(n_delays, dtype=float) - delay
    logs = -(x**2) / (2 * width**2)
    share = np.exp(logs - logsumexp(logs))
    return np.array([share, share * (x - (share * x).sum()) / width**2])
