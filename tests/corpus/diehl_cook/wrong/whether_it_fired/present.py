# slip: whether each neuron fired at all
def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() >= enough:
            return (said > 0) * 1.0
        max_rate *= 1.25
