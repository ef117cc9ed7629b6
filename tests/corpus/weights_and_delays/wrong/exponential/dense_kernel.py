# slip: an exponential on both sides
# named: triangle
def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays)
    x = k - delay
    logs = -abs(x) / width
    bell = np.exp(logs - logs.max())
    share = bell / bell.sum()
    return share, share * (x - (share * x).sum()) / width**2
