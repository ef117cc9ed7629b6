# slip: the voltage before the reset is kept
# named: stored_before_reset
def leaky_integrate_and_fire(input_data, tau, threshold):
    """A neuron without any package: lists in, lists out, written as a weighted mean."""
    many = hasattr(input_data[0], "__len__")
    rows = [list(row) if many else [row] for row in input_data]
    v, output, membrane = [0.0] * len(rows[0]), [], []
    for row in rows:
        v = [(1 - 1 / tau) * one + i / tau for one, i in zip(v, row, strict=True)]
        output.append([int(one >= threshold) for one in v])
        membrane.append(v)
        v = [0.0 if z else one for one, z in zip(v, output[-1], strict=True)]
    return (output, membrane) if many else ([z for (z,) in output], [one for (one,) in membrane])
