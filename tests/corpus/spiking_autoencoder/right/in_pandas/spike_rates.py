import pandas as pd


def spike_rates(times, neurons, n_neurons, duration, width):
    table = pd.DataFrame({"bin": (np.asarray(times, dtype=float) // width).astype(int), "n": np.asarray(neurons, dtype=int)})
    counts = table.groupby(["bin", "n"]).size().unstack(fill_value=0)
    return counts.reindex(index=range(round(duration / width)), columns=range(n_neurons), fill_value=0).to_numpy() / width * 1000
