"""Where people talk: meetings with their notes, and conversations."""
