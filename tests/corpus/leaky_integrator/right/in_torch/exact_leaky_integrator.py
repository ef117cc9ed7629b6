import torch
def exact_leaky_integrator(input_data, tau, dt):
    x = torch.as_tensor(np.asarray(input_data), dtype=torch.float64)
    keep = torch.exp(torch.tensor(-dt / tau))
    v, out = torch.zeros(x.shape[1:], dtype=torch.float64), []
    for i in x:
        v = i + (v - i) * keep
        out.append(v)
    return torch.stack(out)
