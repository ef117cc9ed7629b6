from array import array
input_data = array('d', [1.0] * 1000)
