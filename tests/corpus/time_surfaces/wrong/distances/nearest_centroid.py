# slip: the distances come back
# named: distances_returned
def nearest_centroid(train, labels, test):
    classes = np.unique(labels)
    means = np.array([train[labels == c].mean(0) for c in classes])
    return np.linalg.norm(test[:, None] - means, axis=2)
