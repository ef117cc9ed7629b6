# slip: fades by 1 - 1/tau a step
# named: euler_fading
def last_event_surface(times, channels, n_channels, t, tau):
    surface = np.zeros(n_channels)
    for when, c in sorted(zip(times, channels)):
        if when <= t:
            surface[c] = (1 - 1 / tau) ** (t - when)
    return surface
