"""The records office, and data in and out of the house."""
