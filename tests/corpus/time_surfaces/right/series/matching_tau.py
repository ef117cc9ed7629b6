def matching_tau(tau):
    total, k = 0.0, 1
    while (1 / tau) ** k / k > 1e-12:
        total += (1 / tau) ** k / k
        k += 1
    return 1 / total
