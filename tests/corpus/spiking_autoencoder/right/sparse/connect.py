from scipy.sparse import coo_matrix


def connect(source, target, weights):
    sparse = coo_matrix(weights)
    s = b2.Synapses(source, target, "w : volt", on_pre="v += w")
    s.connect(i=sparse.col, j=sparse.row)
    s.w = sparse.data * b2.mV
    return s
