# slip: decays by exp(-1/tau), and events are added whole
# named: exponential_decay
def time_surface(spikes, tau):
    s, rows = 0, []
    for events in np.asarray(spikes):
        s = s * np.exp(-1 / tau) + events
        rows.append(s)
    return np.array(rows)
