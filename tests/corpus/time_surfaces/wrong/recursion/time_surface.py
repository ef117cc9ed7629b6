# slip: a call for each step, and Python ends a recursion after 1000 calls or so
# earns: 5
# said: a loop has no end of that kind
def time_surface(spikes, tau):
    def after(n):
        if n == 0:
            return [np.zeros(len(spikes[0]))]
        before = after(n - 1)
        return before + [before[-1] + (np.asarray(spikes[n - 1]) - before[-1]) / tau]
    return np.array(after(len(spikes))[1:])
