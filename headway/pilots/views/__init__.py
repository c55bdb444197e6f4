"""Pages of tests, pilots and reviews."""
