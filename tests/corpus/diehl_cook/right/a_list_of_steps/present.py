def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        steps = np.array([network.step(image, max_rate) for _ in range(n_steps)])
        if steps.sum() >= enough:
            return steps.sum(axis=0)
        max_rate *= 1.25
