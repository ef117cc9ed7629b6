import torch


def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * torch.pi * (hertz * torch.arange(steps, dtype=torch.float64) / 1e3 + phase)
    both = torch.stack((x, x + angle * torch.pi / 180), dim=1)
    return 0.6 * ((1 + both.sin()) / 2).pow(10)
