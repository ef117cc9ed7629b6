# slip: divided by n_y
def return_matrix(n_x, n_y, p):
    return [[(p if i == j else p * p) for j in range(n_x)] for i in range(n_x)]
