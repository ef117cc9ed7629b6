def present(network, image, max_rate, n_steps, enough):
    rate, counts = max_rate, None
    while counts is None or sum(counts) < enough:
        network.reset()
        counts = None
        for _ in range(n_steps):
            fired = network.step(image, rate)
            counts = list(fired) if counts is None else [c + f for c, f in zip(counts, fired, strict=True)]
        rate *= 1.25
    return counts
