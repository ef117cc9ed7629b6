# slip: remembers the last call
# earns: 0
# not named:
v = 0
def leaky_integrator(input_data, tau):
    global v
    out = []
    for i in input_data:
        v = v + (i - np.mean(v)) / tau
        out.append(v)
    return out
