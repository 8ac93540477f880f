"""Writes a plan whose every text would run, hide or steer, were it taken for markup.

    hostile.py FOLDER
"""

import pathlib
import sys

RUNS = "document.documentElement.dataset.ran=1"
WORDS = (f"<script>{RUNS}</script><img src=x onerror={RUNS}><svg onload={RUNS}>\\\" onmouseover=\\\"{RUNS} "
         f"' onfocus='{RUNS} javascript:{RUNS} ]]> --> </title></style> \\u202e\\u0007\\u200b&lt;script&gt;")

folder = pathlib.Path(sys.argv[1])
FILES = {
    "plan.toml": f'''schema = 1
id = "p"
name = "計画{WORDS}"
city = "市{WORDS}"
office = "室{WORDS}"
period = {{ from = "R6", to = "R9" }}
levels = ["柱{WORDS}", "取組{WORDS}"]
mission = ["使命{WORDS}"]
note = ["注{WORDS}"]
[[scale]]
id = "s"
name = "状況{WORDS}"
grades = [{{ id = "a", name = "良{WORDS}" }}, {{ id = "b", name = "否{WORDS}", attention = true }}]
[[change]]
date = 2025-04-01
of = "1-1"
reason = "理由{WORDS}"
''',
    "outline/1.toml": f'''[1]
name = "甲{WORDS}"
[1-1]
name = "乙{WORDS}"
summary = "{WORDS}"
owner = "o"
aliases = ["{WORDS}"]
[[1-1.initiative]]
name = "内容{WORDS}"
start = "R6"
note = "{WORDS}"
[[1-1.milestone]]
name = "節目{WORDS}"
date = "R7Q1"
''',
    "owners.toml": f'[o]\nname = "課{WORDS}"\n',
    "sources.toml": f'[k]\ntitle = "資料{WORDS}"\n',
    "indicators.toml": f'''[m]
name = "指標{WORDS}"
unit = "件{WORDS}"
kind = "up"
entry = "1-1"
source = "k"
baseline = {{ R5 = 40 }}
target = {{ R9 = 60 }}
note = "{WORDS}"
''',
    "records/1-1.toml": f'''[[update]]
period = "R7Q1"
recorded = 2025-07-03
rating = {{ s = "b" }}
done = "{WORDS}"
issue = "{WORDS}"
next = "{WORDS}"
note = "{WORDS}"
by = "{WORDS}"
source = "k"
''',
    "records/m.toml": f'[[measure]]\nperiod = "R6"\nrecorded = 2025-04-20\nvalue = 44\nnote = "{WORDS}"\n',
    "opinions/committee.toml": f'''name = "会議{WORDS}"
body = "committee"
date = 2025-08-01
[[opinion]]
number = "1"
recorded = 2025-08-02
who = "{WORDS}"
about = "1-1"
opinion = "{WORDS}"
[[response]]
to = "1"
recorded = 2025-08-20
state = "doing"
answer = "{WORDS}"
promise = "{WORDS}"
until = "R8"
''',
    "publish.toml": f'''public = ["summary", "done", "issue", "next", "note", "reason", "by", "opinion"]
contact = "{WORDS}"
licence = "{WORDS}"
''',
}
for name, text in FILES.items():
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
