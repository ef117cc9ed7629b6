import torch


def measured_gain(neuron, frequency):
    signal = torch.sin(2 * torch.pi * frequency * torch.arange(1000 + int(20 / frequency), dtype=torch.float64)).float()
    settled = neuron(signal)[1000:]
    return (settled.std() / signal[1000:].std()).item()
