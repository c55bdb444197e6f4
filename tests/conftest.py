"""What every test may use; the engine is chosen by the plugin `tests.engines`."""

pytest_plugins = ["tests.world"]
