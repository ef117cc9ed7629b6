# slip: the matrix is n_y by n_y
# named: size_of_y
def return_matrix(n_x, n_y, p):
    return [[n_y * (p if i == j else p * p) for j in range(n_y)] for i in range(n_y)]
