"""What pages about measures show."""
