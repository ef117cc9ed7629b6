def return_matrix(n_x, n_y, p):
    return [[n_y * (p if i == k else p * p) for k in range(n_x)] for i in range(n_x)]
