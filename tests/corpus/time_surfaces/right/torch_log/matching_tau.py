import torch


def matching_tau(tau):
    return -1 / torch.log1p(torch.tensor(-1 / tau, dtype=torch.float64))
