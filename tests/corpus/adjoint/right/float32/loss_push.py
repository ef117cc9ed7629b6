def loss_push(voltage, target, dt, shape):
    V = np.asarray(voltage, np.float32)
    N, K = V.shape
    T = np.float32(N * dt)
    g = np.ones((N, K), np.float32) / T
    if shape == "weighted":
        g = g * np.exp(-np.arange(N, dtype=np.float32) / N)[:, None]
    elif shape == "max":
        g = np.zeros((N, K), np.float32)
        g[np.argmax(V, 0), np.arange(K)] = 1 / dt
    s = V if shape == "average" else np.sum(g * V * np.float32(dt), 0)[None]
    s = s - s.max(1, keepdims=True)
    q = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    q[:, target] -= 1
    return -g * q
