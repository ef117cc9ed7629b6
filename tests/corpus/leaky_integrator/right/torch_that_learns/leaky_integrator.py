import torch
def leaky_integrator(input_data, tau):
    x = torch.tensor(np.asarray(input_data, float), requires_grad=True)
    v, out = torch.zeros(x.shape[1:], dtype=torch.float64), []
    for i in x:
        v = v + (i - v) / tau
        out.append(v)
    return torch.stack(out)
