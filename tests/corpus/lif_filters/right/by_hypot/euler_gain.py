def euler_gain(f, tau):
    return 1 / math.hypot(tau - (tau - 1) * math.cos(2 * math.pi * f), (tau - 1) * math.sin(2 * math.pi * f))
