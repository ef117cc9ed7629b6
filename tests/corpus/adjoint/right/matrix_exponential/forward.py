def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    A = np.array([[-1 / tau_m, 1 / tau_m], [0, -1 / tau_s]])
    values, vectors = np.linalg.eig(A)
    step = (vectors * np.exp(values * dt)) @ np.linalg.inv(vectors)
    x, rows = np.zeros(2), []
    for n in range(n_steps):
        x = step @ x
        x[1] += weight * np.sum(np.asarray(steps) == n)
        rows.append(x)
    return np.array(rows, dtype=np.float32)
