"""Files that the whole site reads."""
