"""The questions of the documentation: the SQL blocks of a page, each with its heading and the command that is nearest to it."""

import re


def questions(page):
    text = open(page, encoding="utf-8").read()
    found = re.findall(r"^### (.+?)\n(?:(?!^### ).)*?<!-- question (\w+) -->\n+```sql\n(.*?)```", text, re.M | re.S)
    return [(title.strip(), nearest, sql.strip().rstrip(";")) for title, nearest, sql in found]


def lines(page, program):
    """The command lines of `sh` blocks that begin with a program."""
    text = open(page, encoding="utf-8").read()
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines() if line.startswith(program)]


def statements(file):
    """The statements of views.sql and spark.sql, without comments."""
    text = "\n".join(line for line in open(file, encoding="utf-8") if not line.startswith("--"))
    return [one.strip() for one in text.split(";\n") if one.strip()]
