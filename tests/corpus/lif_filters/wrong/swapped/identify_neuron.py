# slip: threshold first
def identify_neuron(inputs, outputs):
    """The unknown neuron by trying out a line of time constants, in lists."""
    rows = [(list(i), list(z)) for i, z in zip(inputs, outputs, strict=True)]
    best = (0.0, 0.0, 0.0)
    for tau in [2 * 1.02**n for n in range(152)]:
        v, fired, silent = [0.0] * len(rows[0][0]), math.inf, 0.0
        for row, spikes in rows:
            v = [one + (i - one) / tau for one, i in zip(v, row, strict=True)]
            fired = min([fired, *(one for one, z in zip(v, spikes, strict=True) if z)])
            silent = max([silent, *(one for one, z in zip(v, spikes, strict=True) if not z)])
            v = [0.0 if z else one for one, z in zip(v, spikes, strict=True)]
        best = max(best, (fired / silent, tau, (fired + silent) / 2))
    return best[:0:-1]
