# slip: zeros
# earns: 1
# named: zeros
input_data = np.zeros(1000)
