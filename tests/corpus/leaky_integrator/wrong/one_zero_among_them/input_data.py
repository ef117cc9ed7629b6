# slip: one zero among them
# earns: 1
# not named:
input_data = [1] * 999 + [0]
