"""Bringing whole files into the directory: looked over first, then confirmed, then written."""
