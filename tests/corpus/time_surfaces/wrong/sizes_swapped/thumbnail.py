# slip: steps and channels change places
# named: block_turned
def thumbnail(spikes, channels, steps):
    picture = []
    for c in range(len(spikes[0]) // channels):
        row = []
        for t in range(len(spikes) // steps):
            block = [spikes[t * steps + i][c * channels + j] for i in range(steps) for j in range(channels)]
            row.append(sum(block) / len(block))
        picture.append(row)
    return picture
