# slip: the differences are added up without their squares
# never said: have lost their features
def nearest_centroid(train, labels, test):
    train, labels = np.array(train), np.array(labels)
    names = sorted(set(labels.tolist()))
    centres = [train[labels == name].mean(axis=0) for name in names]
    return [names[int(np.argmin([(np.array(one) - centre).sum() for centre in centres]))] for one in test]
