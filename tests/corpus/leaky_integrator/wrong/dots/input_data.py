# slip: dots
# earns: 0
# not named:
input_data = ...
