"""The whole models of the chapter *adjoint*.

- ``event_driven`` a recurrent network without time steps and its exact gradient; ``run`` what it did, and losses;
  ``finite_differences`` and ``time_stepped`` what its gradient is compared with;
- ``layer`` many recordings at a time, exact and surrogate gradient, on the compiled ``kernels``; ``recordings`` its
  batches; ``learning`` steps and epochs; ``classifiers`` the same with scikit-learn's conventions;
- ``yin_yang`` something to learn.
"""
