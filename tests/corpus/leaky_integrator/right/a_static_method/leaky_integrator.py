class Neurons:
    @staticmethod
    def leaky(input_data, tau):
        v, out = 0, []
        for i in input_data:
            v = v + (i - v) / tau
            out.append(v)
        return out
leaky_integrator = Neurons.leaky
