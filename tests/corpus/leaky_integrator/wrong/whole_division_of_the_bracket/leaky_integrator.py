# slip: the bracket is divided with //
# named: whole_division
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in np.array(input_data):
        v += (i - v) // tau
        out.append(v * 1)
    return np.array(out)
