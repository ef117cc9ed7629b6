import torch


def delayed(spikes, delays):
    x = torch.as_tensor(np.array(spikes, dtype=float)).float()
    d = torch.as_tensor(np.array(delays, dtype=float)).float()
    age = torch.arange(len(x))[:, None, None] - torch.arange(len(x))[None, :, None] - d
    return (torch.relu(1 - age.abs()) * x).sum(1)
