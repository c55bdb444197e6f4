"""What pages, programs and files about groups, meetings and talk show, as frozen dataclasses."""
