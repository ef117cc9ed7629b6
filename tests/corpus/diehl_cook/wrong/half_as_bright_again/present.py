# slip: 1.5 times as bright
# named: another_factor
def present(network, image, max_rate, n_steps, enough):
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() >= enough:
            return said
        max_rate *= 1.5
