input_data = np.ones(1000)
