# slip: np.interp with 0 beyond the ends loses what is shared with the silence beside them
# named: shares_lost_at_the_border
def delayed(spikes, delays):
    steps = np.arange(len(spikes))
    columns = [np.interp(steps - d, steps, x, left=0, right=0) for d, x in zip(delays, np.transpose(spikes))]
    return np.array(columns).T
