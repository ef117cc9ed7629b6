def loss_push(voltage, target, dt, shape):
    N, K = voltage.shape
    if shape == "average":
        return np.vstack([loss_push(row[None], target, N * dt, "sum") for row in voltage])
    share = np.full((N, K), 1 / N)
    if shape == "weighted":
        share = share * np.exp(-np.linspace(0, 1, N, endpoint=False)).reshape(-1, 1)
    elif shape == "max":
        share[:] = 0
        np.put_along_axis(share, np.argmax(voltage, axis=0)[None], 1, axis=0)
    score = np.einsum("nk,nk->k", share, voltage)
    log_p = score - np.logaddexp.reduce(score)
    push = -share * np.exp(log_p)
    push[:, target] += share[:, target]
    push /= dt
    return push
