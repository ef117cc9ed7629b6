def present(network, image, max_rate, n_steps, enough):
    def tries():
        rate = max_rate
        while True:
            network.reset()
            yield np.sum([network.step(image, rate) for _ in range(n_steps)], axis=0)
            rate *= 5 / 4

    return next(said for said in tries() if np.sum(said) >= enough)
