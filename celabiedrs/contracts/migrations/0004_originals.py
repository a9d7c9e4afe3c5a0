"""Where a contract's original lies stands with all other originals."""

from django.db import migrations
from django.utils import timezone


def move(apps, schema_editor):
    original = apps.get_model("documents", "Original")
    for contract in apps.get_model("contracts", "Contract").objects.exclude(originals=""):
        original.objects.create(
            subject_kind="Contract", subject_id=contract.pk, place=contract.originals, placed_at=timezone.now()
        )


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_replaced_copies"), ("documents", "0003_originals")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="contract", name="originals"),
    ]
