"""What a section chief would have to touch in printed papers: numbers that break over lines, and pages with fewer than five
rows. pages.py FOLDER NAME … looks at NAME-docx.pdf and NAME-xlsx.pdf, beside which NAME.html says what the numbers are."""

import html
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

# A page has at least so many lines of text between its head and its foot; the last one, on which a paper ends, a few less.
FEWEST, LAST = 5, 3
# What stands closer to the edge of the page than this, in points, is its head or foot.
MARGIN = 50
# How far below the line before it a line of the same cell begins, by its height.
NEXT = 1.8
# A number, a percentage, a day, a period.
NUMBER = re.compile(r"[RHS]?[0-9][0-9.,]*(?:[QH][0-9])?[％%]?")
# A number with its unit, as it stands in a cell of its own.
VALUE = re.compile(r"[▲△]?[0-9][0-9.,]*[^\W\d]{1,6}")


def plain(name):
    return name.rsplit("}", 1)[-1]


def numbers(path):
    """The numbers that a paper states."""
    with open(path, encoding="utf-8") as file:
        text = html.unescape(re.sub(r"<[^>]*>", "\n", file.read()))
    return {number.rstrip(".,-") for number in NUMBER.findall(text)} | set(values(text))


def values(text):
    """The cells that hold a number with its unit; a period in parentheses behind it may stand on a line of its own."""
    for line in text.split("\n"):
        value = re.sub(r"（.*", "", line.strip())
        if VALUE.fullmatch(value):
            yield value


def blocks(page):
    """The lines of each block: where they stand, and what they say."""
    for block in (element for element in page.iter() if plain(element.tag) == "block"):
        found = []
        for line in (element for element in block.iter() if plain(element.tag) == "line"):
            words = [word.text or "" for word in line if plain(word.tag) == "word"]
            found.append(([float(line.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")], words))
        yield found


def is_broken(line, below, stated):
    """Whether a number that the paper states stands on two lines, neither part of which it states by itself."""
    # Digits and the letters behind them may be two words: there is a little room between them.
    first, whole = "".join(line), "".join(line) + re.sub(r"（.*", "", "".join(below))
    if VALUE.fullmatch(whole) and whole in stated and first not in stated:
        return True
    end = re.search(r"(?:[RHS]?[0-9][0-9.,]*[QH]?|[RHS])$", line[-1])
    # An ID in a sentence has hyphens, which every writer breaks at.
    begin = re.match(r"[0-9QH.,％%]+", below[0])
    if not end or not begin:
        return False
    joined = (end[0] + begin[0]).rstrip(".,-")
    halves = [end[0].rstrip(",."), begin[0].lstrip(",.")]
    return joined in stated and not all(half in stated for half in halves)


def look(path, stated):
    layout = subprocess.run(["pdftotext", "-bbox-layout", path, "-"], check=True, capture_output=True).stdout
    # Control characters of a text are no XML.
    layout = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", layout)
    wrong = []
    pages = [element for element in tree.fromstring(layout).iter() if plain(element.tag) == "page"]
    for number, page in enumerate(pages, 1):
        height = float(page.get("height"))
        rows = set()
        for found in blocks(page):
            body = [(box, words) for box, words in found if MARGIN < box[1] and box[3] < height - MARGIN and words]
            rows |= {round(box[3] / 4) for box, _ in body}
            for (box, words), (below, rest) in zip(body, body[1:]):
                is_next = 0 < below[1] - box[1] < NEXT * (box[3] - box[1])
                if is_next and is_broken(words, rest, stated):
                    wrong.append(f"page {number}: a number breaks: {words[-1][-16:]} | {rest[0][:16]}")
        if len(pages) > 1 and len(rows) < (LAST if number == len(pages) else FEWEST):
            wrong.append(f"page {number}: {len(rows)} rows")
    return len(pages), wrong


folder, failed = sys.argv[1], False
for name in sys.argv[2:]:
    stated = numbers(f"{folder}/{name}.html")
    for kind in ("docx", "xlsx"):
        pages, wrong = look(f"{folder}/{name}-{kind}.pdf", stated)
        print(f"{name}.{kind}: {pages} pages" + (f", {len(wrong)} to mend" if wrong else ""))
        for one in wrong:
            print(f"  {one}", file=sys.stderr)
        failed = failed or bool(wrong)
sys.exit(failed)
