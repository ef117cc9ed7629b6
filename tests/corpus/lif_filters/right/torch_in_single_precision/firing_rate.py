import torch


def firing_rate(i, tau, theta):
    if i <= theta:
        return torch.tensor(0.0)
    return torch.tensor(1 / (tau * math.log(i / (i - theta))), dtype=torch.float32)
