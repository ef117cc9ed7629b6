import torch
def leaky_integrator(input_data, tau):
    v, out = torch.zeros(()), []
    for i in torch.tensor(np.asarray(input_data, dtype="float32")):
        v = v + (i - v) / tau
        out.append(v)
    return out
