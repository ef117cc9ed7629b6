# slip: only the first of each block is looked at
# named: every_nth
def thumbnail(spikes, steps, channels):
    picture = []
    for c in range(len(spikes[0]) // channels):
        row = []
        for t in range(len(spikes) // steps):
            block = [spikes[t * steps + i][c * channels + j] for i in range(1) for j in range(1)]
            row.append(sum(block) / len(block))
        picture.append(row)
    return picture
