# slip: a step
# earns: 1
# not named:
input_data = np.arange(1000) >= 10
