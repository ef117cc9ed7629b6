def return_matrix(n_x, n_y, p):
    mean = np.full((n_y, n_x), p)
    return mean.T @ mean + n_y * p * (1 - p) * np.identity(n_x)
