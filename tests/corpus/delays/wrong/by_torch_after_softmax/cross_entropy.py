# slip: torch's cross_entropy is given probabilities
# named: softmax_twice
import torch


def cross_entropy(sums, labels, gain):
    p = torch.softmax(gain * torch.tensor(np.asarray(sums), dtype=torch.float64), dim=1)
    return torch.nn.functional.cross_entropy(p, torch.tensor(np.asarray(labels)).long()).item()
