"""What steps the neurons of a grid: in NumPy, compiled, or only where something happens."""
