# slip: shown once
# named: one_try
def present(network, image, max_rate, n_steps, enough):
    network.reset()
    return sum(network.step(image, max_rate) for _ in range(n_steps))
