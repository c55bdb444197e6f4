"""What people enter about groups, meetings and talk."""
