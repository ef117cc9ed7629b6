def return_matrix(n_x, n_y, p):
    i, k = np.indices((n_x, n_x))
    return n_y * float(p) ** (1 + (i != k))
