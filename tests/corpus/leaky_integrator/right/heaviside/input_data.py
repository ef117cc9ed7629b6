input_data = np.heaviside(np.arange(1000), 1)
