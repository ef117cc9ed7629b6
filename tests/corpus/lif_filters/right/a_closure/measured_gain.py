def measured_gain(neuron, frequency):
    def spread(row):
        row = row[1000:]
        mean = sum(row) / len(row)
        return sum((value - mean) ** 2 for value in row)

    wave = np.sin(2 * np.pi * frequency * np.arange(1600 + int(25 / frequency)))
    return (spread(list(neuron(wave))) / spread(list(wave))) ** 0.5
