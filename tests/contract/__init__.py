"""What the modules promise to their callers."""
