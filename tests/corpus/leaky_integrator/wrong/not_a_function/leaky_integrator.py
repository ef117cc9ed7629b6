# slip: not a function
# earns: 0
# not named:
leaky_integrator = [0.1, 0.19, 0.271]
