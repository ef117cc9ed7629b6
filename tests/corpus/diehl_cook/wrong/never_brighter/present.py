# slip: the rate stays
def present(network, image, max_rate, n_steps, enough):
    for _ in range(50):
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() >= enough:
            return said
    return said
