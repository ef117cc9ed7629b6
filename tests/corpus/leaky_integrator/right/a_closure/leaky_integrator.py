def make():
    def leaky_integrator(input_data, tau):
        def slope(v, i):
            return (i - v) / tau
        v, out = 0, []
        for i in input_data:
            v = v + slope(v, i)
            out.append(v)
        return out
    return leaky_integrator
leaky_integrator = make()
