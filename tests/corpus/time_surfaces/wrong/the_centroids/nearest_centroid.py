# slip: the nearest centroid itself
# named: centroids_returned
def nearest_centroid(train, labels, test):
    means = np.array([train[labels == c].mean(0) for c in np.unique(labels)])
    return means[((test[:, None] - means) ** 2).sum(2).argmin(1)]
