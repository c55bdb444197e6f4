"""HTTP for the pages about the partners."""
