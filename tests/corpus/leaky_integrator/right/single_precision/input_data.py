input_data = np.full(1200, 1, dtype=np.float32)
