# slip: the spectrum is cut, with no membrane at all
# not named:
def band_pass(signal, low, high):
    spectrum, f = np.fft.rfft(signal), np.fft.rfftfreq(len(signal))
    return np.fft.irfft(np.where((f > 0.9 * low) & (f < 1.1 * high), spectrum, 0), len(signal))
