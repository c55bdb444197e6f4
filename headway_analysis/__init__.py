"""Pure computation: no Django, clock, disk, network or hidden randomness."""
