"""Pages of groups, meetings and talk."""
