"""Reference implementations of every model in *Learning to Spike*, one module per chapter."""
