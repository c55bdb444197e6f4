"""How the records office writes what leaves the house and what must stay removed."""
