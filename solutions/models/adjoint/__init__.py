"""The whole models of the chapter *adjoint*.

- ``event_driven`` a recurrent network without time steps and its exact gradient; ``compiled`` its twin, on the compiled
  ``event_kernels``; ``delayed`` the same with a delay at each synapse; ``run`` what they did, and losses;
  ``finite_differences`` and ``time_stepped`` what the gradient is compared with;
- ``layer`` many recordings at a time, exact and surrogate gradient, on the compiled ``kernels``; ``recordings`` its
  batches; ``learning`` steps and epochs; ``classifiers`` the same with scikit-learn's conventions;
  ``nir_graph`` a trained layer for simulators and chips;
- ``yin_yang`` something to learn.
"""
