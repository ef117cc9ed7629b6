def jump(lambda_V, lambda_I, weights, n, current, threshold):
    before = np.array(lambda_V, dtype=np.float32)
    felt = np.float32(np.dot(weights, lambda_V - lambda_I))
    before[n] = (np.float32(current) * before[n] + felt) / np.float32(current - threshold)
    return before
