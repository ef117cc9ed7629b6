import math
import torch


def coincidences(spikes, tau, every_pair=False):
    spikes = torch.as_tensor(np.asarray(spikes), dtype=torch.float64)
    v, found = torch.zeros(spikes.shape[1], dtype=torch.float64), 0.0
    for arrived in spikes:
        v = v * math.exp(-1 / tau) + arrived
        both = torch.outer(v, v)
        found = found + (torch.triu(both, diagonal=1).sum() if every_pair else both[0, 1:].sum())
    return found
