"""The whole models of the chapter *adjoint*."""
