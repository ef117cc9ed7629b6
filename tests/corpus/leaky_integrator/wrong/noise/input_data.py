# slip: noise
# earns: 1
# not named:
input_data = 1 + 1e-3 * np.random.default_rng(0).standard_normal(1000)
