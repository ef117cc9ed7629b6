# slip: the picture is an array of whole numbers
# named: whole_numbers
def thumbnail(spikes, steps, channels):
    x = np.array(spikes)
    a, b = len(x) // steps, x.shape[1] // channels
    picture = np.zeros((b, a), dtype=int)
    for r in range(b):
        for k in range(a):
            picture[r, k] = x[k * steps : (k + 1) * steps, r * channels : (r + 1) * channels].mean()
    return picture
