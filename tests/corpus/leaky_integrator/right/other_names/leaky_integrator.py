def leaky_integrator(I, time_constant):
    u, us = 0, []
    for x in I:
        u = u + (x - u) / time_constant
        us.append(u)
    return us
