"""The trail's triggers: entries chain themselves, and nothing written is ever changed."""

from django.db import migrations

from audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        triggers.database_gives_ids("audit_entry"),
        triggers.write_entry(),
        triggers.append_only("audit_entry"),
        triggers.append_only("audit_checkpoint"),
    ]
