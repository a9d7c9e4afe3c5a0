"""Each account's address in its one form. Of two accounts whose addresses turn out to be one, the one that was signed in
with last keeps it (else the older one); the other gets a placeholder, and the programme gives it an address."""

import uuid

from django.db import migrations, models
from django.db.models.functions import Lower

import celabiedrs.lib.mail_address
from celabiedrs.lib.mail_address import one_form


def bring_into_form(apps, schema_editor):
    users = apps.get_model("people", "User").objects
    by_use = sorted(users.values_list("pk", "email", "last_login"), key=_last_used_first)
    forms = list(_forms(by_use))
    for (pk, email, _used), form in zip(by_use, forms, strict=True):
        if form != email:  # by way of nobody's address: another row may be just leaving this one
            users.filter(pk=pk).update(email=f"{uuid.uuid4().hex}@example.invalid")
    for (pk, email, _used), form in zip(by_use, forms, strict=True):
        if form != email:
            users.filter(pk=pk).update(email=form)
    known = apps.get_model("account", "EmailAddress").objects
    for row in known.order_by("pk"):
        if one_form(row.email) != row.email:
            twin = known.filter(email=one_form(row.email)).exists()
            known.filter(pk=row.pk).delete() if twin else known.filter(pk=row.pk).update(email=one_form(row.email))


def _last_used_first(row):
    pk, _email, used = row
    return (used is None, -used.timestamp() if used else 0, pk)


def _forms(rows):
    """The address of each row, the first of two alike keeping it."""
    taken = set()
    for _pk, email, _used in rows:
        form = one_form(email)
        yield f"{uuid.uuid4().hex}@example.invalid" if form in taken else form
        taken.add(form)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_corrections"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(bring_into_form, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=celabiedrs.lib.mail_address.AddressField(max_length=254, unique=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
        ),
    ]
