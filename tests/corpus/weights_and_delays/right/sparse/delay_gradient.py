from scipy.sparse import coo_matrix

def delay_gradient(arrived, weights, lambdas):
    places = arrived[:, 1].astype(int), arrived[:, 2].astype(int)
    return coo_matrix((lambdas[:, 0] - lambdas[:, 1], places), shape=weights.shape).toarray() * weights
