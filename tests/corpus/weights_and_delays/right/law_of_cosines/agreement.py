def agreement(first, second):
    def unit(column):
        size = max(abs(column))
        if size == 0:
            return column
        column = column / size
        return column / np.sqrt(column @ column)
    return np.array([unit(first[:, r]) @ unit(second[:, r]) for r in range(first.shape[1])])
