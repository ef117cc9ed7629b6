import math


def coincidences(spikes, tau, every_pair=False):
    import torch
    v, total = 0, 0.0
    for row in torch.as_tensor(np.array(spikes, dtype=float)):
        v = math.exp(-1 / tau) * v + row
        for i in range(len(row) if every_pair else 1):
            total = total + sum(v[i] * v[j] for j in range(i + 1, len(row)))
    return total
