"""What judges each exercise, a module for each notebook that has some."""
