input_data = np.ones((1, 1000))
