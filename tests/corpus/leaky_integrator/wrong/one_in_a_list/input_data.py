# slip: one in a list
# earns: 1
# not named:
input_data = [1]
