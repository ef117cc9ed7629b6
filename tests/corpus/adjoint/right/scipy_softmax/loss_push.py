from scipy.special import softmax


def loss_push(voltage, target, dt, shape):
    N, K = voltage.shape
    T = N * dt
    want = np.arange(K) == target
    if shape == "average":
        return (want - softmax(voltage, axis=1)) / T
    if shape == "max":
        push = np.zeros((N, K))
        for k, (n, p) in enumerate(zip(voltage.argmax(axis=0), want - softmax(voltage.max(axis=0)))):
            push[n, k] = p / dt
        return push
    falls = np.exp(-np.arange(N) * dt / T) if shape == "weighted" else np.ones(N)
    score = (falls[:, None] * voltage).sum(axis=0) * dt / T
    return np.outer(falls, want - softmax(score)) / T
