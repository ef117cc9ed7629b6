# slip: almost one
# earns: 1
# not named:
input_data = [0.999] * 1000
