def nearest_centroid(train, labels, test):
    classes = sorted(set(np.asarray(labels).tolist()))
    centroids = [np.mean(np.asarray(train)[np.asarray(labels) == c], axis=0) for c in classes]
    return np.array([classes[int(np.argmin([np.linalg.norm(x - m) for m in centroids]))] for x in np.asarray(test)])
