# slip: gradient
# earns: 0
# named: sign
import torch
def loss_push(voltage, target, dt, shape):
    V = torch.tensor(np.asarray(voltage, float), requires_grad=True)
    N = len(V)
    if shape == "average":
        loss = -torch.log_softmax(V, 1)[:, target].mean()
    else:
        w = torch.exp(-torch.arange(N) / N)[:, None] if shape == "weighted" else 1.0
        s = V[torch.argmax(V, 0), torch.arange(V.shape[1])] if shape == "max" else (w * V).mean(0)
        loss = -torch.log_softmax(s, 0)[target]
    loss.backward()
    return V.grad / dt
