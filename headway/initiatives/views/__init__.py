"""The pages under /i/<slug>/ that every stage shares."""
