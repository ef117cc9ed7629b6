import torch


def spiking_time_surface(spikes, tau, threshold):
    x = torch.as_tensor(np.asarray(spikes), dtype=torch.float64)
    out, v = torch.zeros_like(x), torch.zeros(x.shape[1], dtype=torch.float64)
    for n in range(len(x)):
        v += (x[n] - v) / tau
        out[n] = (v >= threshold).double()
        v *= 1 - out[n]
    return out
