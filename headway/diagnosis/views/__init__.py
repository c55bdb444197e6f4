"""Pages about where an initiative stands and how it is led."""
