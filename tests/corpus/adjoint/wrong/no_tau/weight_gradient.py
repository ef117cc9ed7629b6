# slip: tau_s is left out
# named: tau_s_missing
def weight_gradient(lambda_I, spikes, tau_s=5.0):
    J, M = len(spikes[0]), len(lambda_I[0])
    out = [[0.0] * M for _ in range(J)]
    for row, felt in zip(spikes, lambda_I):
        for j in range(J):
            if row[j]:
                for k in range(M):
                    out[j][k] -= felt[k]
    return out
