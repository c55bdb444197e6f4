"""What every test may use; the engine is chosen by the plugin `tests.engines`."""

import shutil

import pytest
from django.db import connection

from tests import tables

pytest_plugins = ["tests.browsers", "tests.world"]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with a copy of tables made once; `migrate` then finds nothing left to do."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copy(tables.sqlite_file(), test["NAME"])
        return True
    test["TEMPLATE"] = tables.postgres_template()
    return False
