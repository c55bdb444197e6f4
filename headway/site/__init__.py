"""The house: where we stand, navigation, public pages and the root of all addresses."""
