"""The physics that the core must keep."""
