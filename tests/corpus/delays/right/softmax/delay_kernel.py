import torch


def delay_kernel(delay, width, limit):
    k = torch.arange(-limit, limit + 1, dtype=torch.float64)
    return torch.softmax(-((k - delay) ** 2) / (2 * width**2), 0)
