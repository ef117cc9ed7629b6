def weight_gradient(lambda_I, spikes, tau_s=5.0):
    columns, senders = list(zip(*lambda_I)), list(zip(*spikes))
    return [[-tau_s * sum(s * x for s, x in zip(one, column)) for column in columns] for one in senders]
