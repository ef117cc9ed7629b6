import torch


def spike_time_gradient(lambdas, weight, steps):
    at = torch.as_tensor(lambdas)[torch.as_tensor(np.asarray(steps)).long()]
    return weight * (at[:, 0] - at[:, 1])
