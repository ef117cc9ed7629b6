# slip: > instead of >=
# named: more_than_enough
def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() > enough:
            return said
        max_rate *= 1.25
