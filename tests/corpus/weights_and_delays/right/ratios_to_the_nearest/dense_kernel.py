def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays)
    nearest = min(max(round(delay), 0), n_delays - 1)
    bell = np.exp(-((k - nearest) * (k + nearest - 2 * delay)) / (2 * width**2))
    share = bell / bell.sum()
    return share, share * (k - k @ share) / width**2
