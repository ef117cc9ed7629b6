# slip: minus
# earns: 1
# not named:
input_data = -np.ones(1000)
