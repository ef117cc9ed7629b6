# slip: reset after a try, not before
# not named:
def present(network, image, max_rate, n_steps, enough):
    while True:
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        network.reset()
        if said.sum() >= enough:
            return said
        max_rate *= 1.25
