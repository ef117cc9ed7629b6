def exact_leaky_integrator(input_data, tau, dt):
    '''v(t + dt) of dv/dt = (i - v)/tau'''
    def flow(v, i, t):
        return i - (i - v) * np.exp(-t / tau)
    trace = [np.zeros(np.shape(input_data)[1:])]
    for i in np.asarray(input_data):
        trace.append(flow(trace[-1], i, dt))
    return np.array(trace[1:])
