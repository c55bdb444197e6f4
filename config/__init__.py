"""How one deployment of Headway is put together."""
