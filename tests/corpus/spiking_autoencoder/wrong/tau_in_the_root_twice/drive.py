# slip: the spread has tau and not tau / 2
# named: half_forgotten
def drive(rates, weights, tau):
    per_ms = rates / 1000
    return [tau * (per_ms @ weights), (tau * (per_ms @ weights**2)) ** 0.5]
