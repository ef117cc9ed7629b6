class Series:
    def __init__(self, values):
        self.values = values
    def tolist(self):
        return [value.tolist() if hasattr(value, "tolist") else value for value in self.values]
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return Series(out)
