input_data = np.ones(1000, dtype=np.int8)
