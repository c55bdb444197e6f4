from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """An own folder for keys."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"
