# slip: begins with a delay of 1
# named: delays_from_one
def dense_kernel(delay, width, n_delays):
    k = np.arange(1, n_delays + 1)
    x = k - delay
    logs = -(x**2) / (2 * width**2)
    bell = np.exp(logs - logs.max())
    share = bell / bell.sum()
    return share, share * (x - (share * x).sum()) / width**2
