# slip: a class, not called
# earns: 0
# not named:
class leaky_integrator:
    def __init__(self, input_data, tau):
        self.v = 0
