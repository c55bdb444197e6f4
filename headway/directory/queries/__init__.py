"""What the pages of the directory, its API and its exports show, as frozen dataclasses."""
