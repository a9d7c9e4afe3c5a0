"""The five questions that ship (EVA-2): the official wording is not known, so these are marked as ours."""

from datetime import date

from django.db import migrations

CLOSED = [
    {
        "lv": "Cik lielā mērā izdevās īstenot plānā iecerēto?",
        "en": "How far was the plan carried out as it was meant?",
    },
    {
        "lv": "Cik regulāras un noderīgas bija tikšanās?",
        "en": "How regular and how useful were the meetings?",
    },
    {
        "lv": "Cik lielā mērā mazinājās plānā nosauktie riski?",
        "en": "How far did the risks named in the plan grow less?",
    },
]
OPEN = [
    {"lv": "Kas izdevās vislabāk?", "en": "What went best?"},
    {"lv": "Ko turpmāk būtu vērts darīt citādi?", "en": "What should be done in another way from now on?"},
]


def ask(apps, schema_editor):
    apps.get_model("closing", "QuestionSet").objects.get_or_create(
        version=1, defaults={"since": date(2024, 9, 1), "ours": True, "closed": CLOSED, "open": OPEN}
    )


class Migration(migrations.Migration):
    dependencies = [("closing", "0002_first")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
