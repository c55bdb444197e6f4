"""The pages of the records office."""
