# slip: function
# earns: 0
# named: a_function
def input_data(): return [1] * 1000
