from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_edition")]

    operations = [
        migrations.AddField(model_name="risk", name="carried", field=models.BooleanField(default=False)),
    ]
