# slip: the mean over the steps
def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() >= enough:
            return said / n_steps
        max_rate *= 1.25
