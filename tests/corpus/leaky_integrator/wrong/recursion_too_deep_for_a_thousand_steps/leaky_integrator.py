# slip: recursion, too deep for a thousand steps
# not named:
# earns: 7
def leaky_integrator(input_data, tau, v=0):
    if len(input_data) == 0:
        return []
    v = v + (input_data[0] - v) / tau
    return [v] + leaky_integrator(input_data[1:], tau, v)
