def present(network, image, max_rate, n_steps, enough):
    network.reset()
    counts = 0
    for _ in range(n_steps):
        counts = counts + np.asarray(network.step(image, max_rate))
    return counts if np.sum(counts) >= enough else present(network, image, 1.25 * max_rate, n_steps, enough)
