# slip: delays on both sides of 0
# named: symmetric_range
def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays) - n_delays // 2
    x = k - delay
    logs = -(x**2) / (2 * width**2)
    bell = np.exp(logs - logs.max())
    share = bell / bell.sum()
    return share, share * (x - (share * x).sum()) / width**2
