# slip: none
# earns: 0
# not named:
input_data = None
