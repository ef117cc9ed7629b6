def dense_kernel(delay, width, n_delays):
    def height(k):
        return -((k - delay) ** 2) / 2 / width**2
    top = max(height(k) for k in range(n_delays))
    bell = np.fromiter((np.exp(height(k) - top) for k in range(n_delays)), float)
    share = bell / np.sum(bell)
    return share, share * (np.arange(n_delays) - np.average(np.arange(n_delays), weights=share)) / width**2
