def thumbnail(spikes, steps, channels):
    x = np.asarray(spikes, dtype=np.float32)
    rows, columns = x.shape[1] // channels, x.shape[0] // steps
    x = np.array([x[k * steps : (k + 1) * steps].mean(axis=0) for k in range(columns)])
    return np.array([x[:, k * channels : (k + 1) * channels].mean(axis=1) for k in range(rows)])
