import torch


def delay_slope(spikes, delays):
    spikes = torch.as_tensor(np.asarray(spikes, dtype=float))
    steps = torch.arange(len(spikes))[:, None]
    padded = torch.nn.functional.pad(spikes, (0, 0, 1, 1))
    k = torch.floor(torch.as_tensor(np.asarray(delays, dtype=float))).long()

    def at(place):
        return padded.gather(0, (place + 1).clamp(0, len(spikes) + 1))

    return (at(steps - k - 1) - at(steps - k)).numpy()
