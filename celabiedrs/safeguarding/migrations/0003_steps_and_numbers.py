"""A step says of which kind it is; the programme keeps the numbers to call, of which 112 and 110 ship (CNF-2)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SHIPPED = """
INSERT INTO safeguarding_servicenumber (public_id, name, phone, purpose, region_id, position, emergency) VALUES
  (gen_random_uuid(), 'Ārkārtas palīdzība', '112', 'dzīvība vai veselība ir briesmās', NULL, 1, true),
  (gen_random_uuid(), 'Valsts policija', '110', 'vardarbība, draudi, pazudis bērns', NULL, 2, true)
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0001_first"), ("safeguarding", "0002_never_deleted")]
    operations = [
        migrations.AddField(
            "reportstep",
            "kind",
            models.CharField(
                max_length=15,
                default="noted",
                choices=[
                    ("raised", "The report was raised"),
                    ("told", "An officer was told"),
                    ("escalated", "The programme was told that nobody has read it"),
                    ("acknowledged", "An officer read it"),
                    ("referred", "Passed on to a service"),
                    ("noted", "Something was done"),
                    ("closed", "The report was closed"),
                ],
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE safeguarding_reportstep SET kind = what"
            " WHERE what IN ('raised', 'told', 'escalated', 'acknowledged')",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "safeguardingreport",
            "services",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=120), default=list, size=None),
        ),
        migrations.CreateModel(
            "ServiceNumber",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("emergency", models.BooleanField(default=False)),
                ("taken_away_at", models.DateTimeField(null=True)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.region",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(SHIPPED, "DELETE FROM safeguarding_servicenumber"),
    ]
