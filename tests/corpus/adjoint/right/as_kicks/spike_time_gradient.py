def spike_time_gradient(lambdas, weight, steps):
    tau_m, tau_s = 20.0, 5.0
    of_V, of_I = -tau_m * np.asarray(lambdas)[:, 0], -tau_s * np.asarray(lambdas)[:, 1]
    return [-weight / tau_m * of_V[s] + weight / tau_s * of_I[s] for s in np.asarray(steps)]
