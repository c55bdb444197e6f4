"""What the pages of the records office show, as frozen dataclasses."""
