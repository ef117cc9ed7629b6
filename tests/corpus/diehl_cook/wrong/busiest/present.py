# slip: the busiest neuron decides
# named: busiest_decides
def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.max() >= enough:
            return said
        max_rate *= 1.25
