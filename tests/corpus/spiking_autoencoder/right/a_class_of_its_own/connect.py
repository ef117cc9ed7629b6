class Weighted(b2.Synapses):
    """Synapses that keep their weights in mV."""

    def __init__(self, source, target, weights):
        super().__init__(source, target, "size : volt", on_pre="v_post += size")
        columns, rows = np.where(np.asarray(weights).T)
        self.connect(i=columns, j=rows)
        self.size[:] = np.float32(np.asarray(weights)[rows, columns]) * b2.mV


def connect(source, target, weights):
    return Weighted(source, target, weights)
