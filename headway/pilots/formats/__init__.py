"""What people type in reviews: pure text to dated lines, without a database."""
