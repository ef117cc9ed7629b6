def drive(rates, weights, tau):
    rates, weights, tau = np.asarray(rates), np.asarray(weights), tau / 1000
    return [float(np.dot(rates, weights) * tau), float(np.sqrt(np.dot(rates, np.square(weights)) * tau / 2))]
