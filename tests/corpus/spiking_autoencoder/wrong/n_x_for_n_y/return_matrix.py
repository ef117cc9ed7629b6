# slip: n_x instead of n_y
# named: ways_over_x
def return_matrix(n_x, n_y, p):
    return [[n_x * (p if i == j else p * p) for j in range(n_x)] for i in range(n_x)]
