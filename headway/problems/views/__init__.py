"""HTTP for the pages of the problem."""
