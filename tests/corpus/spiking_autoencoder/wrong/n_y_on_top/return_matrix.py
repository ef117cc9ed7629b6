# slip: p is added to p squared on the diagonal
# named: added_on_the_diagonal
def return_matrix(n_x, n_y, p):
    matrix = np.full((n_x, n_x), n_y * p**2)
    matrix[np.arange(n_x), np.arange(n_x)] += n_y * p
    return matrix
