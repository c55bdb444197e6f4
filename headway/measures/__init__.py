"""Measures, their data points from every source, and what is meant to move them."""
