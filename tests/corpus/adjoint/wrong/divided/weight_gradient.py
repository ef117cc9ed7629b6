# slip: divided by the number of steps
# named: mean_over_steps
def weight_gradient(lambda_I, spikes, tau_s=5.0):
    return -tau_s * (spikes[:, :, None] * lambda_I[:, None, :]).mean(axis=0)
