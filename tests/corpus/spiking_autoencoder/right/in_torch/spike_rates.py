import torch


def spike_rates(times, neurons, n_neurons, duration, width):
    counts = torch.zeros(round(duration / width), n_neurons)
    k = torch.as_tensor(np.floor(np.asarray(times, dtype=float) / width).astype(int))
    one = torch.ones(len(k))
    return counts.index_put_((k, torch.as_tensor(np.asarray(neurons, dtype=int))), one, accumulate=True) * 1000 / width
