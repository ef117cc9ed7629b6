"""What stands in the room besides what ships: the runner of cells.

Runs in one process with a student's code, so nothing that it says is trusted.
"""
