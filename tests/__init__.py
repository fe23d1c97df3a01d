"""Tests: physics, contract, benchmarks and what surrounds the module."""
