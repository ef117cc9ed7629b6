def nearest_centroid(train, labels, test):
    classes, which = np.unique(labels, return_inverse=True)
    share = np.eye(len(classes))[which]
    centroids = share.T @ train / share.sum(axis=0)[:, None]
    return classes[np.argmax(test @ centroids.T - (centroids**2).sum(axis=1) / 2, axis=1)]
