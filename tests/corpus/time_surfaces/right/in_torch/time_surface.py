import torch


def time_surface(spikes, tau):
    x = torch.tensor(np.array(spikes), dtype=torch.float32)
    rows, v = [], torch.zeros(x.shape[1])
    for row in x:
        v = torch.lerp(v, row, 1 / tau)
        rows.append(v)
    return torch.stack(rows)
