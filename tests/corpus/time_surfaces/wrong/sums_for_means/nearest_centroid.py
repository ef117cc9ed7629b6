# slip: the centroids are not divided
def nearest_centroid(train, labels, test):
    groups = {}
    for row, label in zip(train, labels):
        groups.setdefault(int(label), []).append(row)
    centres = {label: [sum(column) for column in zip(*rows)] for label, rows in groups.items()}
    answer = []
    for row in test:
        far = {label: sum((a - b) ** 2 for a, b in zip(row, centre)) for label, centre in sorted(centres.items())}
        answer.append(min(far, key=far.get))
    return answer
