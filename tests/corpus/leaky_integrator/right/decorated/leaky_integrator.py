from functools import wraps
def as_array(function):
    @wraps(function)
    def wrapped(*arguments):
        return np.asarray(function(*arguments))
    return wrapped
@as_array
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
