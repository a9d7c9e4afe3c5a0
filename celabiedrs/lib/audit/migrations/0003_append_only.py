from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('celabiedrs.disposing', true) = 'on' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'TRUNCATE' AND current_setting('celabiedrs.emptying', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'events are added to and read, never changed';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
BACK = """
DROP TRIGGER event_append_only ON audit_event;
DROP TRIGGER event_never_emptied ON audit_event;
DROP FUNCTION audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_first")]
    operations = [migrations.RunSQL(APPEND_ONLY, BACK)]
