"""What stands in the room besides what ships: the runner of cells. Nothing that it says is trusted."""
