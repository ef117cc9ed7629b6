# slip: divided by n_y
# named: one_way
def return_matrix(n_x, n_y, p):
    return [[(p if i == j else p * p) for j in range(n_x)] for i in range(n_x)]
