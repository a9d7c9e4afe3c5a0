from django.db import migrations

# Text in which words are looked for: without marks and case, as celabiedrs.rules.naming.plain_text has it.
PLAIN_TEXT = r"""
CREATE FUNCTION plain_text(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(
    lower(regexp_replace(normalize(word, NFKD), '[\u0300-\u036f]', '', 'g')),
    'łøđðħı', 'loddhi')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0004_values")]
    operations = [migrations.RunSQL(PLAIN_TEXT, "DROP FUNCTION plain_text(text)")]
