def exact_leaky_integrator(input_data, tau, dt):
    generator = np.array([[-1 / tau, 1 / tau], [0, 0]]) * dt  # of (v, i): the current holds still
    step, term = np.eye(2), np.eye(2)
    for n in range(1, 60):
        term = term @ generator / n
        step = step + term
    v, out = 0, []
    for i in input_data:
        v = step[0, 0] * v + step[0, 1] * i
        out.append(v)
    return out
