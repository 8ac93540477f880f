"""Asks the questions of the documentation of a dataset by DuckDB and prints how long each takes, as a table: the median of five, each
in a connection of its own that has asked nothing before. Beside it what the nearest command of the program takes for all cities."""

import statistics
import sys
import time
from pathlib import Path

import duckdb

from questions import questions

dataset, nearest = Path(sys.argv[1]), dict(pair.split("=") for pair in sys.argv[2:])
page = Path(__file__).resolve().parents[2] / "docs/en/guide/dataset.md"
print("| question | DuckDB, s | the same over the TOML, s |")
print("|---|--:|--:|")
for title, command, sql in questions(page):
    taken = []
    for _ in range(5):
        connection = duckdb.connect()
        connection.execute(f"SET file_search_path = '{dataset}'")
        connection.execute((dataset / "views.sql").read_text(encoding="utf-8"))
        begun = time.perf_counter()
        connection.execute(sql).fetchall()
        taken.append(time.perf_counter() - begun)
        connection.close()
    print(f"| {title} | {statistics.median(taken):.2f} | {float(nearest[command]):.0f} (`{command}`) |")
