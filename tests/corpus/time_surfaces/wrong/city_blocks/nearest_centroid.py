# slip: absolute differences
# named: absolute_differences
def nearest_centroid(train, labels, test):
    classes = np.unique(labels)
    means = [train[labels == c].mean(0) for c in classes]
    return np.array([classes[np.argmin([abs(x - m).sum() for m in means])] for x in test])
