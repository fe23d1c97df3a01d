"""Commands that look after the project: the environment, the tests, the notebooks."""
