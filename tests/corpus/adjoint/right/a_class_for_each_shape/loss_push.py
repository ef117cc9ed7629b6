import torch
from torch.nn.functional import cross_entropy


class Scores:
    def average(self, V):
        return V

    def sum(self, V):
        return V.mean(0, keepdim=True)

    def weighted(self, V):
        return (V * torch.exp(-torch.arange(len(V)) / len(V))[:, None]).mean(0, keepdim=True)

    def max(self, V):
        return torch.stack([V[int(np.argmax(V.detach().numpy()[:, k])), k] for k in range(V.shape[1])])[None]


def loss_push(voltage, target, dt, shape):
    V = torch.from_numpy(np.array(voltage, dtype=float)).requires_grad_()
    scores = getattr(Scores(), shape)(V)
    (slope,) = torch.autograd.grad(cross_entropy(scores, torch.full((len(scores),), target)), V)
    return (-slope / dt).numpy()
