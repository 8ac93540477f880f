"""Asks the questions of the documentation of a dataset by DuckDB: ask.py DATASET. Prints as JSON what they are called in both languages,
the command that is nearest to each, and how many seconds it takes: the median of five, each in a connection that has asked nothing
before."""

import json
import statistics
import sys
import time
from pathlib import Path

import duckdb

from questions import questions

dataset, docs = Path(sys.argv[1]), Path(__file__).resolve().parents[2] / "docs"
english, japanese = (questions(docs / lang / "guide/dataset.md") for lang in ("en", "ja"))
asked = []
for (title, command, sql), (title_ja, _, _) in zip(english, japanese):
    taken = []
    for _ in range(5):
        connection = duckdb.connect()
        connection.execute(f"SET file_search_path = '{dataset}'")
        connection.execute((dataset / "views.sql").read_text(encoding="utf-8"))
        begun = time.perf_counter()
        connection.execute(sql).fetchall()
        taken.append(time.perf_counter() - begun)
        connection.close()
    asked.append({"en": title, "ja": title_ja, "command": command, "seconds": statistics.median(taken)})
print(json.dumps(asked))
