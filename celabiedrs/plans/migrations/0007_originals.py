"""Where an agreement's original lies stands with all other originals."""

from django.db import migrations
from django.utils import timezone


def move(apps, schema_editor):
    original = apps.get_model("documents", "Original")
    for agreement in apps.get_model("plans", "Agreement").objects.exclude(original=""):
        original.objects.create(
            subject_kind="Agreement", subject_id=agreement.pk, place=agreement.original, placed_at=timezone.now()
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_deciding"), ("documents", "0003_originals")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="agreement", name="original"),
    ]
