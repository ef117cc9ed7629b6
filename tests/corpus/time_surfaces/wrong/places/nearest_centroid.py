# slip: the place of the class
# named: place_instead_of_label
def nearest_centroid(train, labels, test):
    means = np.array([train[labels == c].mean(0) for c in np.unique(labels)])
    return np.array([((x - means) ** 2).sum(1).argmin() for x in test])
