import pandas as pd


def label_neurons(counts, labels, n_classes=10):
    means = pd.DataFrame(np.asarray(counts, dtype=float)).groupby(np.asarray(labels)).mean()
    return means.idxmax().where(means.max() > 0, -1).to_numpy()
