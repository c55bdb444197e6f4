"""What pages about the standing of an initiative show."""
