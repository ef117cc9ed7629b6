def drive(rates, weights, tau):
    seconds = tau * 1e-3
    return seconds * np.dot(rates, weights), np.sqrt(seconds / 2 * np.dot(rates, np.square(weights)))
