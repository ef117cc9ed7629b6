# slip: the diagonal is as the rest
# named: squared_everywhere
def return_matrix(n_x, n_y, p):
    return [[n_y * (p * p) for j in range(n_x)] for i in range(n_x)]
