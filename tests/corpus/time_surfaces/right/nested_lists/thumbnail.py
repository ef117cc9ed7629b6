def thumbnail(spikes, steps, channels):
    T, N = np.shape(spikes)
    picture = []
    for c in range(N // channels):
        row = []
        for n in range(T // steps):
            block = [spikes[n * steps + a][c * channels + b] for a in range(steps) for b in range(channels)]
            row.append(sum(block) / len(block))
        picture.append(row)
    return picture
