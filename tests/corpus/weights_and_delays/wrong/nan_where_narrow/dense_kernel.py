# slip: nan where every exponential is 0
# not named:
def dense_kernel(delay, width, n_delays):
    k = np.arange(n_delays)
    x = k - delay
    logs = -(x**2) / (2 * width**2)
    bell = np.exp(logs)
    share = bell / bell.sum()
    return share, share * (x - (share * x).sum()) / width**2
