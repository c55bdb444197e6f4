"""Organisations, people, posts, memberships and areas (Popolo), shared by all initiatives."""
