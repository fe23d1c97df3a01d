"""The same neuron and the same grid in Brian2 and NEST: spike for spike."""
