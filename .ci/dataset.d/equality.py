"""Holds what engines make of a dataset against what the program says: equality.py DATASET PLANS REPOSITORY ENGINE…

Every plan below PLANS: the totals of `status`, every figure of `kpi`, what `due` lists, the counts of each theme. Every question of the documentation has the same
answer in all engines, and in Japanese and English the same text; the answers are those that add up from what the program says of
each plan, and of the plans in `by-hand` those that were worked out by hand. The lines of the documentation run as they stand."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from questions import lines, questions, statements

dataset, plans, repository = map(Path, sys.argv[1:4])
engines = sys.argv[4:]
english, japanese = (repository / f"docs/{lang}/guide/dataset.md" for lang in ("en", "ja"))
differences = []


def differs(what, ours, theirs):
    if ours != theirs:
        differences.append(f"{what}: the program says {ours!r}, the engine {theirs!r}")


def duckdb_engine(dataset=dataset):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET file_search_path = '{dataset}'")
    for one in statements(dataset / "views.sql"):
        connection.execute(one)

    def ask(sql):
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    return ask


def spark_engine():
    from pyspark.sql import SparkSession

    # Its views name folders beside spark.sql.
    os.chdir(dataset)
    session = SparkSession.builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    for one in statements("spark.sql"):
        session.sql(one)
    return lambda sql: [row.asDict() for row in session.sql(sql).collect()]


LATEST = """FROM standings s JOIN plans p ON p.city_code = s.city_code AND p.plan_id = s.plan_id
WHERE s.level = p.counted_level AND s.scale_id = p.scale_id AND s.evaluator_id = p.evaluator_id"""
COUNTS = """SELECT s.city_code, s.plan_id, count(*) AS entries,
  count(*) FILTER (WHERE s.counts) AS rated,
  count(*) FILTER (WHERE s.standing = 'unreported') AS unreported,
  count(*) FILTER (WHERE s.standing = 'graded' AND NOT s.counts) AS excluded,
  count(*) FILTER (WHERE s.standing = 'not-rated') AS not_rated,
  count(*) FILTER (WHERE s.standing = 'not-begun') AS not_begun,
  count(*) FILTER (WHERE s.is_reported) AS reported_this_period """
TOTALS = f"{COUNTS}{LATEST} AND s.is_latest GROUP BY s.city_code, s.plan_id"
BEFORE = f"{COUNTS}{LATEST} AND NOT s.is_latest AND s.period = p.previous_period GROUP BY s.city_code, s.plan_id"
GRADES = f"SELECT s.city_code, s.plan_id, s.grade_id, count(*) AS n {LATEST} AND s.is_latest AND s.grade_id IS NOT NULL GROUP BY s.city_code, s.plan_id, s.grade_id"
PUBLISHED = "SELECT city_code, plan_id, part, part_id, count FROM published WHERE is_latest"
FIGURES = ["gap", "room", "ratio_to_target", "ratio_to_period_target", "ratio_to_final_target", "actual_by_target", "improvement", "pace", "expected"]
VERDICTS = f"""SELECT city_code, plan_id, indicator_id, verdict, counted_verdict, judged_by, band_id, undetermined_because, is_unconfirmed,
  actual, target, {", ".join(FIGURES)} FROM verdicts WHERE is_latest AND role = 'own'"""
DUES = "SELECT city_code, plan_id, owner, kind, count(*) AS n FROM dues GROUP BY city_code, plan_id, owner, kind"
THEMES = f"""SELECT t.city_code, t.plan_id, p.counted_level, t.theme, count(*) AS entries, count(*) FILTER (WHERE s.counts) AS rated,
  count(*) FILTER (WHERE s.standing = 'unreported') AS unreported
FROM themes t JOIN standings s ON s.city_code = t.city_code AND s.plan_id = t.plan_id AND s.entry_id = t.subject_id
JOIN plans p ON p.city_code = t.city_code AND p.plan_id = t.plan_id
WHERE t.subject = 'entry' AND s.is_latest AND s.level = p.counted_level AND s.scale_id = p.scale_id AND s.evaluator_id = p.evaluator_id
GROUP BY t.city_code, t.plan_id, p.counted_level, t.theme"""
THEME_VERDICTS = """SELECT t.city_code, t.plan_id, t.theme_id, v.counted_verdict, count(*) AS n
FROM themes t JOIN verdicts v ON v.city_code = t.city_code AND v.plan_id = t.plan_id AND v.indicator_id = t.subject_id
WHERE t.subject = 'indicator' AND v.is_latest AND v.role = 'own' GROUP BY t.city_code, t.plan_id, t.theme_id, v.counted_verdict"""
EVERYTHING = {"totals": TOTALS, "before": BEFORE, "grades": GRADES, "published": PUBLISHED, "verdicts": VERDICTS, "dues": DUES, "themes": THEMES, "theme_verdicts": THEME_VERDICTS}


def by_plan(rows):
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["city_code"], row["plan_id"]].append(row)
    return grouped


def said(folder, plan, command, *more):
    ran = subprocess.run(["kaikaku", "-C", folder, "--plan", plan, command, *more, "--format", "json"], capture_output=True, check=False)
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{folder}: {ran.stderr.decode()}")
    return json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)


def number(value):
    """As a column holds it: ten digits behind the point."""
    if value is None or isinstance(value, (str, dict)):
        return None
    return value.quantize(Decimal("1e-10"), ROUND_HALF_EVEN).normalize() + 0


KEYS = ["entries", "rated", "unreported", "excluded", "reported_this_period"]


def status(name, key, told, answers):
    total, rows = told["total"], answers["totals"].get(key, [])
    if "published" in total:
        printed = {row["part_id"]: row["count"] for row in answers["published"][key] if row["part"] == "grade"}
        whole = [row["count"] for row in answers["published"][key] if row["part"] == "total"]
        differs(f"{name} published", [int(total["entries"])], whole)
        differs(f"{name} published grades", {k: v and int(v) for k, v in total["counts"].items()}, printed)
        return
    if total["entries"] is None or total["entries"] == 0:
        return differs(f"{name} entries", [], rows)
    differs(f"{name} totals", [int(total[key]) for key in KEYS], [rows[0][key] for key in KEYS])
    differs(f"{name} not rated", int(total.get("not_rated", 0)), rows[0]["not_rated"])
    differs(f"{name} not begun", int(total.get("not_begun", 0)), rows[0]["not_begun"])
    grades = {row["grade_id"]: row["n"] for row in answers["grades"].get(key, [])}
    differs(f"{name} grades", {k: int(v) for k, v in total["counts"].items() if v}, grades)
    if total["before"] and total["before"]["entries"]:
        before = answers["before"][key][0]
        differs(f"{name} before", [int(total["before"][key]) for key in KEYS], [before[key] for key in KEYS])


def kpi(name, key, told, answers):
    rows = {row["indicator_id"]: row for row in answers["verdicts"].get(key, [])}
    differs(f"{name} indicators", sorted(one["id"] for one in told["indicators"]), sorted(rows))
    for one in told["indicators"]:
        row = rows[one["id"]]
        for field, column in (("verdict", "verdict"), ("judged_by", "judged_by"), ("band", "band_id"), ("unconfirmed", "is_unconfirmed")):
            differs(f"{name} {one['id']} {field}", one[field], row[column])
        counted = one["by_hand"]["verdict"] if one["by_hand"] else one["verdict"]
        differs(f"{name} {one['id']} counted", counted, row["counted_verdict"])
        differs(f"{name} {one['id']} because", one["undetermined_because"] is None, row["undetermined_because"] is None)
        for field in FIGURES:
            differs(f"{name} {one['id']} {field}", number(one[field]), number(row[field]))
        for field in ("actual", "target"):
            value = one[field] and one[field]["value"]
            differs(f"{name} {one['id']} {field}", number(value), number(row[field]))


def due(name, key, told, answers):
    listed = Counter((share["owner"], one["kind"]) for share in told["owners"] for one in share["due"])
    differs(f"{name} due", dict(listed), {(row["owner"], row["kind"]): row["n"] for row in answers["dues"].get(key, [])})


def themes(name, key, status, kpi, answers):
    rows = answers["themes"][key]
    groups = [group for group in status["groups"] if group["level"] == rows[0]["counted_level"] and group["group"]]
    counts = {group["group"]: [int(group[one]) for one in ("entries", "rated", "unreported")] for group in groups}
    # Of a theme under which a plan has no entry an engine has no row.
    counts = {theme: all_three for theme, all_three in counts.items() if all_three[0]}
    differs(f"{name} themes", counts, {row["theme"]: [row["entries"], row["rated"], row["unreported"]] for row in rows})
    verdicts = {
        (group["id"], count["id"]): int(count["count"])
        for table in kpi["verdict_counts"]
        for group in table["groups"]
        if group["kind"] == "theme" and group["id"]
        for count in group["counts"]
        if count["count"]
    }
    theirs = {(row["theme_id"], row["counted_verdict"]): row["n"] for row in answers["theme_verdicts"].get(key, [])}
    differs(f"{name} verdicts of themes", verdicts, theirs)


VERDICT_WORDS = {"met": "met", "on-pace": "on_pace", "behind": "behind", "worsened": "worsened", "undetermined": "undetermined"}
OVERDUE = ["update", "milestone", "step", "value", "opinion", "promise"]


class Sums:
    """What the answers to questions must come to, added up from what the program says of each plan."""

    def __init__(self):
        self.verdicts, self.without_data, self.standing, self.overdue = defaultdict(Counter), defaultdict(Counter), {}, Counter()

    def add(self, key, told):
        prefecture, period = key[0][:2], told["kpi"]["as_of"]["period"]
        for one in told["kpi"]["indicators"]:
            counted = one["by_hand"]["verdict"] if one["by_hand"] else one["verdict"]
            self.verdicts[prefecture, one["judged_by"], period].update(["indicators", VERDICT_WORDS[counted]])
            self.without_data[prefecture].update(["indicators"] + ["without_data"] * (one["actual"] is None))
        total, nodes = told["status"]["total"], told["status"]["nodes"]
        if total["entries"] and "published" not in total:
            # Of the counted level each entry counts itself alone.
            attention = sum(node["attention"] for node in nodes if node["entries"] == 1 and not any(other["parent"] == node["id"] for other in nodes))
            self.standing[key] = [int(total[name]) for name in ("entries", "rated", "unreported", "excluded")] + [attention]
        for share in told["due"]["owners"]:
            late = sum(one["kind"] in OVERDUE for one in share["due"])
            if late:
                self.overdue[(*key, share["owner"])] += late

    def hold(self, engine, asked):
        rows = {(row["prefecture_code"], row["method"], row["period"]): row for row in asked["Verdicts by prefecture"]}
        names = ["indicators", *VERDICT_WORDS.values()]
        differs(f"{engine} verdicts by prefecture", {k: [v[n] for n in names] for k, v in self.verdicts.items()}, {k: [v[n] for n in names] for k, v in rows.items()})
        rows = {row["prefecture_code"]: [row["indicators"], row["without_data"]] for row in asked["Indicators without data"]}
        differs(f"{engine} without data", {k: [v["indicators"], v["without_data"]] for k, v in self.without_data.items()}, rows)
        names = ["entries", "rated", "unreported", "excluded", "needing_attention"]
        rows = {(row["city_code"], row["plan_id"]): [row[n] for n in names] for row in asked["How many entries stand how, plan by plan"]}
        differs(f"{engine} entries plan by plan", self.standing, rows)
        # The longest lists alone are printed.
        rows = {(row["city_code"], row["plan_id"], row["owner"]): row["overdue"] for row in asked["What is overdue, by owner"]}
        differs(f"{engine} overdue", {of: self.overdue[of] for of in rows}, rows)
        differs(f"{engine} most overdue", sorted(self.overdue.values(), reverse=True)[: len(rows)], sorted(rows.values(), reverse=True))


def by_hand():
    """A plan of which a scale changed and that two evaluators rate, and one that is reported on by month, on 2029-02-28: a year before, February had 29
    days. Worked out from the records in `by-hand`."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "KAIKAKU_TODAY": "2029-02-28"}
        plans = [str(Path(__file__).parent / "by-hand" / name) for name in ("versions", "months")]
        subprocess.run(["kaikaku", "export", "--format", "csv", "-o", folder, "--from", *plans], env=environment, check=True, capture_output=True)
        ask = duckdb_engine(Path(folder))
        answers = {title: ask(sql) for title, _, sql in questions(english)}
    moved = [(row["last_year"], row["now"], row["entries"]) for row in answers["What moved since last year"]]
    # Of the months alone: the quarters of two years have different versions of their scale.
    differs("by hand, what moved", [(None, None, 2), ("late", "good", 1)], moved)
    year = {row["period"]: (row["entries"], row["reported"], row["needing_attention"]) for row in answers["How the year went, period by period"]}
    months = [f"R9.{month}" for month in range(4, 13)] + [f"R10.{month}" for month in range(1, 13)] + ["R11.1"]
    quarters = ["R9Q1", "R9Q2", "R9Q3", "R9Q4", "R10Q1", "R10Q2", "R10Q3"]
    late = {"R9Q3", "R9Q4", "R10Q1", "R10Q2", *months[9:21]}
    reported = {"R9Q3", "R10Q3", "R10.1", "R11.1"}
    differs("by hand, period by period", {of: (3, int(of in reported), int(of in late)) for of in months + quarters}, year)
    records = [(row["fiscal_year"], row["records"], row["holding"], row["with_issue"], str(row["mean_months_after"])) for row in answers["What was recorded, and how late"]]
    differs("by hand, records", [(2027, 2, 2, 1, "1.5"), (2028, 3, 3, 0, "1.3")], records)
    entries = [tuple(row.values()) for row in answers["How many entries stand how, plan by plan"]]
    differs("by hand, entries", [("431001", "versions", 3, 1, 2, 0, 0), ("432113", "months", 3, 1, 2, 0, 0)], entries)


def everything(ask):
    return {what: by_plan(ask(sql)) for what, sql in EVERYTHING.items()}


def alike(one, other):
    """Means and shares are rounded from binary numbers in one engine and from decimals in the other."""
    if isinstance(one, (float, Decimal)) and isinstance(other, (float, Decimal)):
        return abs(Decimal(str(one)) - Decimal(str(other))) <= Decimal("0.1")
    return one == other


def all_alike(ours, theirs):
    pairs = [pair for one, other in zip(ours, theirs) for pair in zip(one.values(), other.values())]
    return len(ours) == len(theirs) and all(alike(*pair) for pair in pairs)


if english.read_text(encoding="utf-8").count("```sql") < 10:
    raise SystemExit("the documentation has fewer than ten questions")
differs("the questions in Japanese", [sql for _, _, sql in questions(english)], [sql for _, _, sql in questions(japanese)])
asked, answers = {}, {}
dataset, plans = dataset.resolve(), plans.resolve()
for engine in engines:
    begun = time.time()
    ask = {"duckdb": duckdb_engine, "spark": spark_engine}[engine]()
    answers[engine] = everything(ask)
    asked[engine] = {title: ask(sql) for title, _, sql in questions(english)}
    print(f"{engine}: {len(EVERYTHING) + len(asked[engine])} questions in {time.time() - begun:.0f} s", flush=True)
if "spark" in engines:
    # Another is started below: two at once would need twice the memory.
    from pyspark.sql import SparkSession

    SparkSession.builder.getOrCreate().stop()
for title, rows in asked[engines[0]].items():
    if not rows:
        differences.append(f"{title}: nothing was found, so nothing was tested")
    for engine in engines[1:]:
        if not all_alike(rows, asked[engine][title]):
            differences.append(f"{title}: {engines[0]} says {rows[:3]}, {engine} {asked[engine][title][:3]}")

by_hand()
sums = Sums()
count = 0
for head in sorted(plans.glob("*/plan/plan.toml")) + sorted(plans.glob("*/plan/*/plan.toml")):
    folder, plan = head.parents[1] if head.parent.name == "plan" else head.parents[2], head.parent.name
    told = {command: said(folder, plan, command) for command in ("status", "kpi", "due")}
    key = told["status"]["plan"]["city_code"], told["status"]["plan"]["id"]
    sums.add(key, told)
    by_theme = [said(folder, plan, command, "--theme") for command in ("status", "kpi")] if key in answers[engines[0]]["themes"] else None
    for engine in engines:
        name = f"{engine} {head.relative_to(plans)}"
        status(name, key, told["status"], answers[engine])
        kpi(name, key, told["kpi"], answers[engine])
        due(name, key, told["due"], answers[engine])
        if by_theme:
            themes(name, key, *by_theme, answers[engine])
    count += 1
for engine in engines:
    sums.hold(engine, asked[engine])
print(f"{count} plans held against status, kpi and due")

for program in ("duckdb", "spark-sql")[: len(engines)]:
    for line in lines(english, program):
        ran = subprocess.run(line, shell=True, cwd=dataset, capture_output=True, text=True, check=False)
        if ran.returncode != 0 or not ran.stdout.strip():
            causes = [said for said in ran.stderr.splitlines() if "Exception" in said or "Error" in said or "Caused by" in said]
            differences.append("\n  ".join([f"`{line}` ends with {ran.returncode}", *(causes[:20] or ran.stderr.splitlines()[-20:])]))
if differences:
    print("\n".join(differences[:40]))
    raise SystemExit(f"{len(differences)} differences")
print("nothing differs")
