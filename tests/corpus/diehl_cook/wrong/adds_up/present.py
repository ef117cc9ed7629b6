# slip: the tries are added up
# named: counts_add_up
def present(network, image, max_rate, n_steps, enough):
    said = 0
    counts = [0] * 3
    while said < enough:
        network.reset()
        for _ in range(n_steps):
            fired = list(network.step(image, max_rate))
            counts = [a + b for a, b in zip(counts, fired)]
        said = sum(counts)
        max_rate *= 1.25
    return counts
