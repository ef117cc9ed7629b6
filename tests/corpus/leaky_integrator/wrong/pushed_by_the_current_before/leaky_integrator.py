# slip: the current arrives one step late
# never said: stored before the step
def leaky_integrator(input_data, tau):
    late = np.roll(np.array(input_data, dtype=float), 1, axis=0)
    late[0] = 0
    v, voltages = 0, []
    for i in late:
        v = v + (i - v) / tau
        voltages.append(v)
    return voltages
