"""Plots and explorers, with real ipywidgets."""
