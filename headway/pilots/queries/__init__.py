"""What pages of tests, pilots and reviews show."""
