import math

def dense_kernel(delay, width, n_delays):
    logs = [-((k - delay) ** 2) / (2 * width**2) for k in range(n_delays)]
    top = max(logs)
    bell = [math.exp(x - top) for x in logs]
    total = sum(bell)
    share = [b / total for b in bell]
    mean = sum(k * s for k, s in enumerate(share))
    return share, [s * (k - mean) / width**2 for k, s in enumerate(share)]
