# slip: the absolute differences are added up
def nearest_centroid(train, labels, test):
    groups = {}
    for row, label in zip(train, labels):
        groups.setdefault(int(label), []).append(row)
    centres = {label: [sum(column) / len(rows) for column in zip(*rows)] for label, rows in groups.items()}
    answer = []
    for row in test:
        far = {label: sum(abs(a - b) for a, b in zip(row, centre)) for label, centre in sorted(centres.items())}
        answer.append(min(far, key=far.get))
    return answer
