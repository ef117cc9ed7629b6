# slip: 999
# earns: 1
# not named:
input_data = np.ones(999)
