# slip: after a try that was enough there is one more
# never said: came back at index 2
def present(network, image, max_rate, n_steps, enough):
    done = False
    while True:
        network.reset()
        counts = sum(np.asarray(network.step(image, max_rate)) for _ in range(n_steps))
        if done:
            return counts
        done = counts.sum() >= enough
        max_rate *= 1.25
