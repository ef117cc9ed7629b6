import torch


def label_neurons(counts, labels, n_classes=10):
    counts, labels = torch.as_tensor(counts, dtype=torch.float64), torch.as_tensor(labels)
    sums = torch.zeros(n_classes, counts.shape[1], dtype=torch.float64).index_add(0, labels, counts)
    mean = sums / torch.bincount(labels, minlength=n_classes).clamp(min=1)[:, None]
    return torch.where(counts.sum(0) > 0, mean.argmax(0), -1)
