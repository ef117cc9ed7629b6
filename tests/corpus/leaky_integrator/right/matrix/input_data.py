input_data = np.matrix(np.ones(1000))
