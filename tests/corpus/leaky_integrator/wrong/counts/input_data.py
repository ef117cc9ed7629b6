# slip: counts
# earns: 1
# named: counts
input_data = np.arange(1000)
