# slip: current of the step before
# earns: 0
# named: one_step_late
def leaky_integrator(input_data, tau):
    v, before, out = 0, 0, []
    for i in input_data:
        v = v + (before - v) / tau
        before = i
        out.append(v)
    return out
