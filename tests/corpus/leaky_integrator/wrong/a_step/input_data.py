# slip: a step
# earns: 1
# named: off_somewhere
input_data = np.arange(1000) >= 10
