"""What keeps the log as it was written, in the database itself, on both engines.

SQLite forgets triggers when a migration rebuilds their table: a later migration that alters
`Event` or `EventValue` runs `create_triggers` again (a test holds it to that).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, VALUE = "accounts_event", "accounts_eventvalue"
REFUSED = "the log is never changed"
ONLY_EMPTIED = "a value in the log can only be emptied, naming the event that did it"

_NOT_AN_ERASURE = """
    OLD.erased_by_id IS NOT NULL OR NEW.erased_by_id IS NULL
    OR NEW."old" <> '' OR NEW."new" <> ''
    OR NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id
    OR NEW.field <> OLD.field OR NEW.visibility <> OLD.visibility
"""

SQLITE_CREATE = (
    f"""CREATE TRIGGER event_never_updated BEFORE UPDATE ON {EVENT}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER event_never_deleted BEFORE DELETE ON {EVENT}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER event_value_only_emptied BEFORE UPDATE ON {VALUE}
    WHEN {_NOT_AN_ERASURE} BEGIN SELECT RAISE(ABORT, '{ONLY_EMPTIED}'); END""",
    f"""CREATE TRIGGER event_value_never_deleted BEFORE DELETE ON {VALUE}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)
SQLITE_DROP = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "event_never_updated",
        "event_never_deleted",
        "event_value_only_emptied",
        "event_value_never_deleted",
    )
)

# The class of these refusals is "integrity constraint violation", which Django shows on both
# engines as the same IntegrityError.
POSTGRESQL_CREATE = (
    f"""CREATE FUNCTION headway_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = '23000'; END $$""",
    f"""CREATE FUNCTION headway_only_empty() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_NOT_AN_ERASURE} THEN
            RAISE EXCEPTION '{ONLY_EMPTIED}' USING ERRCODE = '23000';
        END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON {EVENT}
    FOR EACH ROW EXECUTE FUNCTION headway_refuse_change()""",
    f"""CREATE TRIGGER event_never_truncated BEFORE TRUNCATE ON {EVENT}
    FOR EACH STATEMENT EXECUTE FUNCTION headway_refuse_change()""",
    f"""CREATE TRIGGER event_value_only_emptied BEFORE UPDATE ON {VALUE}
    FOR EACH ROW EXECUTE FUNCTION headway_only_empty()""",
    f"""CREATE TRIGGER event_value_never_deleted BEFORE DELETE ON {VALUE}
    FOR EACH ROW EXECUTE FUNCTION headway_refuse_change()""",
    f"""CREATE TRIGGER event_value_never_truncated BEFORE TRUNCATE ON {VALUE}
    FOR EACH STATEMENT EXECUTE FUNCTION headway_refuse_change()""",
)
POSTGRESQL_DROP = (
    "DROP FUNCTION IF EXISTS headway_refuse_change() CASCADE",
    "DROP FUNCTION IF EXISTS headway_only_empty() CASCADE",
)

CREATE = {"sqlite": SQLITE_CREATE, "postgresql": POSTGRESQL_CREATE}
DROP = {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse any change of the log; safe to run again."""
    drop_triggers(connection)
    _run(connection, CREATE[connection.vendor])


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Let the log be changed: for migrations of its tables and for emptying a test database."""
    _run(connection, DROP[connection.vendor])


@contextmanager
def without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work on the log's tables as a whole, and guard them again afterwards."""
    drop_triggers(connection)
    try:
        yield
    finally:
        create_triggers(connection)
