"""What pages about decision bodies show."""
