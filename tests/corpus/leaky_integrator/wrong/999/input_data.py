# slip: 999
# earns: 1
# named: one_too_few
input_data = np.ones(999)
