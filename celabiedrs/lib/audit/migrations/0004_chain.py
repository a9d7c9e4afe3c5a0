"""The event log is chained (T2); what a disposal takes leaves its digest."""

from django.db import migrations, models

DIGEST = """
CREATE FUNCTION audit_event_digest(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.verb, e.kind, e.thing_id, e.thread, e.facts
  )::text, 'UTF8')), 'hex')
$$;
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('celabiedrs.disposing', true) = 'on' THEN
    INSERT INTO audit_removedevent (event, digest) VALUES (OLD.id, audit_event_digest(OLD));
    RETURN OLD;
  END IF;
  IF TG_OP = 'TRUNCATE' AND current_setting('celabiedrs.emptying', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'events are added to and read, never changed';
END $$;
CREATE FUNCTION audit_chain_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('celabiedrs.emptying', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the chain of events is added to and read, never changed';
END $$;
CREATE TRIGGER link_append_only BEFORE UPDATE OR DELETE ON audit_chainlink
  FOR EACH ROW EXECUTE FUNCTION audit_chain_only_grows();
CREATE TRIGGER link_never_emptied BEFORE TRUNCATE ON audit_chainlink
  FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_only_grows();
CREATE TRIGGER removed_append_only BEFORE UPDATE OR DELETE ON audit_removedevent
  FOR EACH ROW EXECUTE FUNCTION audit_chain_only_grows();
CREATE TRIGGER removed_never_emptied BEFORE TRUNCATE ON audit_removedevent
  FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_append_only")]
    operations = [
        migrations.CreateModel(
            name="ChainLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("last_event", models.BigIntegerField()),
                ("events", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RemovedEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
    ]
