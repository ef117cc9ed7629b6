from sklearn.neighbors import NearestCentroid


def nearest_centroid(train, labels, test):
    return NearestCentroid().fit(np.asarray(train, dtype=float), np.asarray(labels)).predict(np.asarray(test, dtype=float))
