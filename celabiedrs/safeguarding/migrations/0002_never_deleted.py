"""A report is closed, never deleted (CNF-2): the database refuses, save where a disposal with its two people is on."""

from django.db import migrations

NEVER_DELETED = """
CREATE FUNCTION report_is_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('celabiedrs.disposing', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a report of danger is closed, never deleted';
END $$;
CREATE TRIGGER report_never_deleted BEFORE DELETE ON safeguarding_safeguardingreport
  FOR EACH ROW EXECUTE FUNCTION report_is_never_deleted();
CREATE TRIGGER step_never_deleted BEFORE DELETE ON safeguarding_reportstep
  FOR EACH ROW EXECUTE FUNCTION report_is_never_deleted();
"""
BACK = """
DROP TRIGGER report_never_deleted ON safeguarding_safeguardingreport;
DROP TRIGGER step_never_deleted ON safeguarding_reportstep;
DROP FUNCTION report_is_never_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_first")]
    operations = [migrations.RunSQL(NEVER_DELETED, BACK)]
