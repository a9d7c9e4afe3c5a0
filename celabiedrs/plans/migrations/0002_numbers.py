from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_first")]
    operations = [migrations.RunSQL("CREATE SEQUENCE plan_number", "DROP SEQUENCE plan_number")]
