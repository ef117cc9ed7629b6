# slip: 2 pi is forgotten
# named: period_for_tau
def band_pass(signal, low, high):
    slow, fast, response = 0.0, 0.0, []
    for i in signal:
        slow += (i - slow) * low
        fast += (i - fast) * high
        response.append(fast - slow)
    return response
