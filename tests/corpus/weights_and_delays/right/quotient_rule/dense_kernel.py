def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays)
    x = (k - delay) / width
    bell = np.exp((np.min(x**2) - x**2) / 2)
    grows = bell * x / width
    total = bell.sum()
    return bell / total, (grows * total - bell * grows.sum()) / total**2
