from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def let_the_oldest_stand_first(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A series that was withdrawn gives its place to the oldest of the others."""
    rows = apps.get_model("measures", "Series").objects
    withdrawn = rows.filter(shown_first=True, record__withdrawn_at__isnull=False)
    measures = list(withdrawn.values_list("measure", flat=True))
    withdrawn.update(shown_first=False, first_because="")
    for measure in measures:
        others = rows.filter(measure=measure, record__withdrawn_at__isnull=True)
        oldest = others.order_by("record__recorded_at", "pk").first()
        if oldest is not None:
            rows.filter(pk=oldest.pk).update(shown_first=True)


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0003_rows_brought_in_are_not_kept"),
    ]

    operations = [migrations.RunPython(let_the_oldest_stand_first, migrations.RunPython.noop)]
