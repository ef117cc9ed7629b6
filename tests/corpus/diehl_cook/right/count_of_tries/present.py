from itertools import count


def present(network, image, max_rate, n_steps, enough):
    for tries in count():
        network.reset()
        fired = [np.asarray(network.step(image, max_rate * 1.25**tries), dtype=int) for _ in range(n_steps)]
        total = np.add.reduce(fired)
        if total.sum() >= enough:
            return total
