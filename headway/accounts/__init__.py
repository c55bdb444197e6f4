"""Authorities, people who sign in, access, the event log, outgoing mail and background jobs."""
