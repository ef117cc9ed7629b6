# slip: falls along a line
# named: straight_line
def last_event_surface(times, channels, n_channels, t, tau):
    surface = np.zeros(n_channels)
    for when, c in sorted(zip(times, channels)):
        if when <= t:
            surface[c] = max(0, 1 - (t - when) / tau)
    return surface
