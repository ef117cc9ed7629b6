"""The walls around a student's code, and who runs notebooks in there. Knows what stands beside it, nothing else."""
