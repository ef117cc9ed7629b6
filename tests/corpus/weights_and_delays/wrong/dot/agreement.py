# slip: not divided by the lengths
# named: not_divided
def agreement(first, second):
    return (first * second).sum(axis=0)
