import torch
def leaky_integrator(input_data, tau):
    x = torch.as_tensor(np.asarray(input_data), dtype=torch.float32)
    v, out = torch.zeros(x.shape[1:]), []
    for i in x:
        v = torch.lerp(v, i, 1 / tau)
        out.append(v)
    return torch.stack(out)
