# slip: complex
# earns: 0
# not named:
input_data = np.ones(1000) * (1 + 1j)
