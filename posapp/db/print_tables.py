"""The print queue: what waits for the receipt printer, and what was printed. No journal governs it."""

from peewee import SQL, IntegerField, TextField

from posapp.db.base import Table, integer, text


class PrintJob(Table):
    """Something to print: what, not how it looks. It is set out when its turn comes."""

    id = IntegerField(primary_key=True, constraints=[SQL("AUTOINCREMENT")])
    kind = TextField()  # receipt, z, test
    subject = text()  # id of the order or of the shift
    copy = integer()  # 1: asked for as a copy
    asked_at = TextField()
    state = text("waiting")  # waiting, printing, printed, cancelled, failed
    attempts = integer()
    torn = integer()  # 1: a part of it may be on paper already
    trouble = text()

    class Meta:
        table_name = "print_job"
        indexes = ((("kind", "subject"), False),)


PrintJob.add_index(
    PrintJob.index(PrintJob.id, name="print_job_open").where(SQL("state IN ('waiting', 'printing')"))
)
