# slip: type
# earns: 0
# not named:
input_data = list
