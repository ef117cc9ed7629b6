# slip: the largest difference decides
# named: largest_difference
def nearest_centroid(train, labels, test):
    classes = np.unique(labels)
    means = [train[labels == c].mean(0) for c in classes]
    return np.array([classes[np.argmin([abs(x - m).max() for m in means])] for x in test])
