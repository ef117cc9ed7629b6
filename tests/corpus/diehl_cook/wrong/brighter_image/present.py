# slip: the image is made brighter and not the rate
# said: rate of the first step, expected
def present(network, image, max_rate, n_steps, enough):
    image = np.array(image)
    while True:
        network.reset()
        said = sum(network.step(image, max_rate) for _ in range(n_steps))
        if said.sum() >= enough:
            return said
        image = image * 1.25
