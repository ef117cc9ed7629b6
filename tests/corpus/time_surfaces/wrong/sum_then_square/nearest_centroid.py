# slip: the differences are added before they are squared
# named: wrong_axis
def nearest_centroid(train, labels, test):
    classes = np.unique(labels)
    means = np.array([train[labels == c].mean(0) for c in classes])
    return classes[np.argmin((test[:, None] - means).sum(2) ** 2, axis=1)]
