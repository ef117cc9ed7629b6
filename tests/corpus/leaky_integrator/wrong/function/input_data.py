# slip: function
# earns: 0
# not named:
def input_data(): return [1] * 1000
