# slip: transposed
# earns: 1
# not named:
input_data = np.ones((2, 1000))
