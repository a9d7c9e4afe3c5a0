from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

# Latvian order: č ģ ķ ļ ņ ŗ š ž are letters of their own after the plain one; long vowels (and y beside i) differ
# from the plain vowel only where all else is equal; then case.
LV_SORT_KEY = """
CREATE FUNCTION lv_sort_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT
    replace(replace(replace(replace(replace(replace(replace(replace(
      translate(lower(word), 'āēīōūy', 'aeioui'),
      'č', 'c~'), 'ģ', 'g~'), 'ķ', 'k~'), 'ļ', 'l~'), 'ņ', 'n~'), 'ŗ', 'r~'), 'š', 's~'), 'ž', 'z~')
    || E'\\x01' || translate(translate(lower(word), 'āēīōū', '11111'), 'aeiouy', '000002')
    || E'\\x01' || regexp_replace(word, '[[:upper:]]', '1', 'g')
$$;
"""


class Migration(migrations.Migration):
    dependencies: list = []
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(LV_SORT_KEY, "DROP FUNCTION lv_sort_key(text)"),
    ]
