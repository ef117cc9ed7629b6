"""The whole models of the chapter *diehl cook*."""
