# slip: Hz and ms are multiplied
# named: thousandfold
def drive(rates, weights, tau):
    return [tau * np.sum(rates * weights), np.sqrt(tau / 2 * np.sum(rates * weights**2))]
