from scipy.spatial.distance import cdist


def nearest_centroid(train, labels, test):
    train, labels = np.asarray(train, dtype=float), np.asarray(labels)
    names, which = np.unique(labels, return_inverse=True)
    centres = np.zeros((len(names), train.shape[1]))
    np.add.at(centres, which, train)
    centres /= np.bincount(which)[:, None]
    return names[cdist(np.asarray(test, dtype=float), centres).argmin(axis=1)]
