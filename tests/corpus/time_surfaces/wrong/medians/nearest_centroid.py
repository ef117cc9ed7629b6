# slip: the median of each feature
# named: median
def nearest_centroid(train, labels, test):
    classes = np.unique(labels)
    middles = np.array([np.median(train[labels == c], axis=0) for c in classes])
    return classes[((test[:, None] - middles) ** 2).sum(2).argmin(1)]
