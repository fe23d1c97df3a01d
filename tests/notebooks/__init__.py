"""What every notebook keeps to."""
