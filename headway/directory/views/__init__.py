"""HTTP for the pages of the directory."""
