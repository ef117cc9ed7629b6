import torch

def dense_kernel(delay, width, n_delays):
    d = torch.tensor(float(delay), dtype=torch.float64)
    f = lambda d: torch.softmax(-((torch.arange(n_delays) - d) ** 2) / (2 * width**2), 0)
    return f(d).numpy(), torch.autograd.functional.jacobian(f, d).numpy()
