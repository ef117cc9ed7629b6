import torch


def raster(times, channels, n_steps, n_channels):
    grid = torch.zeros(n_steps, n_channels)
    when = torch.as_tensor(np.array(times, dtype=float)).long()
    where = torch.as_tensor(np.array(channels)).long()
    return grid.index_put((when, where), torch.ones(len(when)), accumulate=True)
