import torch


def vote(counts, neuron_labels, n_classes=10):
    counts, names = torch.as_tensor(counts, dtype=torch.float64), torch.as_tensor(neuron_labels)
    mean = torch.zeros(len(counts), n_classes, dtype=torch.float64)
    for c in range(n_classes):
        if (names == c).any():
            mean[:, c] = counts[:, names == c].mean(1)
    best, where = mean.max(1)
    return torch.where(best > 0, mean.argmax(1), torch.tensor(-1))
