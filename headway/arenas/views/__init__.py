"""Pages about decision bodies, requests to them and what they decided."""
