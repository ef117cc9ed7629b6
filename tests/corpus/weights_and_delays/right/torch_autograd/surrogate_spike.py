import torch

def surrogate_spike(voltage, threshold, steepness):
    v = torch.tensor(np.asarray(voltage, dtype=float), requires_grad=True)
    torch.sigmoid(steepness * (v - threshold)).sum().backward()
    return (v >= threshold).double().detach().numpy(), v.grad.numpy()
