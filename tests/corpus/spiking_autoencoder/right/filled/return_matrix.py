def return_matrix(n_x, n_y, p):
    expected = np.full((n_x, n_x), n_y * p**2)
    np.fill_diagonal(expected, n_y * p)
    return expected
