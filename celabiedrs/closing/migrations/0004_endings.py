"""Planned endings; words at the ends of the scales (EVA-2, EVA-4)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ENDS = (
    ({"lv": "nemaz", "en": "not at all"}, {"lv": "pilnībā", "en": "wholly"}),
    (
        {"lv": "retas un maz noderīgas", "en": "rare and of little use"},
        {"lv": "regulāras un ļoti noderīgas", "en": "regular and very useful"},
    ),
    ({"lv": "nemaz", "en": "not at all"}, {"lv": "ļoti", "en": "very much"}),
)


def give_ends(apps, schema_editor):
    """The words at both ends of each scale of the wording that ships; one that an operator made has its own."""
    for questions in apps.get_model("closing", "QuestionSet").objects.filter(version=1):
        asked = zip(questions.closed, ENDS, strict=False)
        questions.closed = [{"low": low, "high": high, **question} for question, (low, high) in asked]
        questions.save(update_fields=["closed"])


class Migration(migrations.Migration):

    dependencies = [
        ('closing', '0003_questions'),
        ('plans', '0006_deciding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='questionset',
            name='published_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='questionset',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='PlannedEnding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('continue', 'continue in the next semester'), ('finish_well', 'finish well'), ('hand_over', 'hand over to another mentor')], max_length=11)),
                ('chosen_at', models.DateTimeField()),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='planned_ending', to='plans.supportplan')),
            ],
        ),
        migrations.RunPython(give_ends, migrations.RunPython.noop),
    ]
