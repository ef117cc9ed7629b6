import time
def leaky_integrator(input_data, tau):
    time.sleep(0.01)
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
