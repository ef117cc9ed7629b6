# slip: set
# earns: 0
# not named:
input_data = {1, 1000}
