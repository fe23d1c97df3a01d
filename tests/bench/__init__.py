"""How fast the module is: ratios of medians, measured in one run."""
