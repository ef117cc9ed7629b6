from collections import deque
def leaky_integrator(input_data, tau):
    v, out = 0, deque()
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
