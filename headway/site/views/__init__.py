"""Pages that put the stages together."""
