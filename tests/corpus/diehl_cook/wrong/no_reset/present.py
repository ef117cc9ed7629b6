# slip: it does not begin afresh
# named: never_reset
def present(network, image, max_rate, n_steps, enough):
    said = 0
    while said < enough:
        counts = [0] * 3
        for _ in range(n_steps):
            fired = list(network.step(image, max_rate))
            counts = [a + b for a, b in zip(counts, fired)]
        said = sum(counts)
        max_rate *= 1.25
    return counts
