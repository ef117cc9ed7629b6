import torch


def drive(rates, weights, tau):
    r, w = (torch.as_tensor(np.array(x), dtype=torch.float64) for x in (rates, weights))
    return torch.stack([(r * w).sum() * tau / 1000, ((r * w * w).sum() * tau / 2000).sqrt()])
