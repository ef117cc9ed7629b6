# slip: p everywhere
# named: not_squared
def return_matrix(n_x, n_y, p):
    return [[n_y * (p) for j in range(n_x)] for i in range(n_x)]
