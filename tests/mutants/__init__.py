"""Breaks the simulations line by line and counts which breaks the tests notice."""
