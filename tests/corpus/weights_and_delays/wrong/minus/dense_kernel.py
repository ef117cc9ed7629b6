# slip: the sign of the slope
# named: slope_by_place
def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays)
    x = k - delay
    logs = -(x**2) / (2 * width**2)
    bell = np.exp(logs - logs.max())
    share = bell / bell.sum()
    return share, -share * (x - (share * x).sum()) / width**2
