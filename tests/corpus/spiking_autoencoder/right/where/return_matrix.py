def return_matrix(n_x, n_y, p):
    return np.where(np.eye(n_x, dtype=bool), n_y * p, n_y * p**2)
