def cross_entropy(sums, labels, gain):
    import torch
    return torch.nn.functional.cross_entropy(gain * torch.tensor(np.array(sums)), torch.tensor(np.array(labels)))
