import torch


def delay_kernel(delay, width, limit):
    k = torch.arange(-limit, limit + 1, dtype=torch.float64)
    return torch.softmax(-0.5 * ((k - delay) / width).square(), dim=0)
