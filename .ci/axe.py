"""Opens pages in headless Chromium at three sizes, takes their pictures, and runs axe-core in them.

    axe.py FOLDER AXE.MIN.JS NAME...

Ends with 1 where axe-core finds a violation of WCAG 2.1 AA or a page is wider than its window.
"""

import html
import json
import pathlib
import re
import subprocess
import sys

SIZES = {"phone": (375, 740), "desktop": (1280, 900), "print": (794, 1123)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# The page tells the frame around it what was found.
CHECK = """
<script>%s</script>
<script>
window.addEventListener("load", async () => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const run = await axe.run(document, { runOnly: %s });
  const told = run.violations.map(v => v.id + ": " + v.help + " at " + v.nodes.map(n => n.target).join(", "));
  parent.postMessage(JSON.stringify({ wide, window: window.innerWidth, told, passes: run.passes.length }), "*");
});
</script>
"""
# Chromium's window has a least width; a frame in it has none.
FRAME = """<!DOCTYPE html>
<title>frame</title>
<pre id="found"></pre>
<script>addEventListener("message", event => { document.getElementById("found").textContent = event.data; });</script>
<iframe src="%s" style="border: 0; width: %dpx; height: %dpx"></iframe>
"""


def chromium(folder, size, *arguments):
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={folder / 'chromium'}", f"--window-size={size[0]},{size[1]}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()


def look(folder, axe, name, size):
    page = (folder / f"{name}.html").read_text()
    if size == "print":
        # What holds on paper, on the screen.
        page = page.replace("@media print", "@media all")
    width, height = SIZES[size]
    checked, frame = folder / f"{name}-{size}.check.html", folder / f"{name}-{size}.frame.html"
    checked.write_text(page.replace("</main>", "</main>" + CHECK % (axe, json.dumps(RULES))))
    frame.write_text(FRAME % (checked.name, width, height))
    dom = chromium(folder, (1400, 1300), "--virtual-time-budget=20000", "--dump-dom", frame.as_uri())
    found = re.search(r'<pre id="found"[^>]*>(.*?)</pre>', dom, re.S)
    if not found or not found.group(1):
        return [f"{name} {size}: axe-core did not run"]
    result = json.loads(html.unescape(found.group(1)))
    print(f"{name} {size}: {result['passes']} rules hold, {len(result['told'])} broken")
    told = [f"{name} {size}: {line}" for line in result["told"]]
    # A letter is words alone, for which few rules are made.
    if result["passes"] < 5:
        told.append(f"{name} {size}: axe-core found hardly anything to look at")
    if result["window"] != width:
        told.append(f"{name} {size}: the window was {result['window']} pixels wide")
    if result["wide"] > 0:
        told.append(f"{name} {size}: {result['wide']} pixels wider than the window")
    chromium(folder, SIZES[size], f"--screenshot={folder / f'{name}-{size}.png'}", checked.as_uri())
    return told


def main():
    folder, axe = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).read_text()
    broken = []
    for name in sys.argv[3:]:
        for size in SIZES:
            broken += look(folder, axe, name, size)
        chromium(folder, SIZES["print"], "--no-pdf-header-footer", f"--print-to-pdf={folder / f'{name}-html.pdf'}",
                 (folder / f"{name}.html").as_uri())
    print("\n".join(broken))
    sys.exit(1 if broken else 0)


main()
