"""Opens the pages of target/site in Chromium through chromedriver.

    look.py SITE AXE.MIN.JS

Ends with 1 where axe-core finds a violation of WCAG 2.2 AA, a page is wider than its window, a keyboard cannot walk it, or a
hostile text runs.
"""

import base64
import json
import pathlib
import subprocess
import sys
import time
import urllib.request

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"320": (320, 640), "390": (390, 844), "1280": (1280, 900)}
PORT = 9519


class Browser:
    """One session of chromedriver."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", f"--port={PORT}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                self.ask("GET", "/status", root=True)
                break
            except OSError:
                time.sleep(0.1)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,1300"]
        asked = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments},
                                                  "unhandledPromptBehavior": "ignore"}}}
        self.session = self.ask("POST", "/session", asked, root=True)["sessionId"]

    def ask(self, method, path, body=None, root=False):
        base = f"http://127.0.0.1:{PORT}" + ("" if root else f"/session/{self.session}")
        data = None if body is None and method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def tell(self, command, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def go(self, page):
        self.ask("POST", "/url", {"url": page.as_uri()})

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def size(self, width, height):
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, kind="screen", scheme="light"):
        self.tell("Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        shot = self.tell("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def axe(self, axe):
        self.run(axe)
        found = self.ask("POST", "/execute/async", {"args": [RULES], "script": """
            const [runOnly, done] = arguments;
            // On paper nobody touches anything.
            const rules = { "target-size": { enabled: !matchMedia("print").matches } };
            axe.run(document, { runOnly, rules, resultTypes: ["violations"] }).then(run => done({
              told: run.violations.map(v => v.id + ": " + v.help + " at " + v.nodes.slice(0, 3).map(n => n.target).join(", ")),
              held: run.passes.length, wide: document.documentElement.scrollWidth - window.innerWidth, window: window.innerWidth }));
            """})
        return found

    def press(self, key):
        action = {"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}
        self.ask("POST", "/actions", {"actions": [action]})

    def close(self):
        try:
            self.ask("DELETE", "")
        finally:
            self.driver.terminate()


def pages_of_figures(name):
    """The kinds of pages that are printed, and that have every colour."""
    return name.rsplit("/", 1)[-1] in ["index", "1-2-1", "counter-satisfaction"]


def look(browser, axe, page, name, pictures, broken, sizes):
    browser.go(page)
    views = [(size, "screen", "light") for size in sizes]
    if pages_of_figures(name):
        views += [("1280", "print", "light"), ("390", "screen", "dark")]
    held = 0
    for size, media, scheme in views:
        browser.size(*SIZES[size])
        browser.media(media, scheme)
        found = browser.axe(axe)
        where = f"{name} {size} {media} {scheme}"
        held += found["held"]
        broken += [f"{where}: {told}" for told in found["told"]]
        if found["held"] < 10:
            broken.append(f"{where}: axe-core found hardly anything to look at")
        if found["window"] != SIZES[size][0]:
            broken.append(f"{where}: the window was {found['window']} pixels wide")
        if found["wide"] > 0 and media == "screen":
            broken.append(f"{where}: {found['wide']} pixels wider than the window")
        browser.picture(pictures / f"{name.replace('/', '-')}-{size}-{media}-{scheme}.png")
    browser.media()
    print(f"{name}: {held} rules hold in {len(views)} views")


def walk(browser, page, broken):
    """The keyboard alone: the first stop leads past the menu, every stop is seen, and all links are stops."""
    browser.size(*SIZES["1280"])
    browser.go(page)
    browser.press("\ue004")
    first = browser.run("return document.activeElement.getAttribute('href')")
    if first != "#main":
        broken.append(f"keyboard: the first stop is {first}")
    browser.press("\ue007")
    if browser.run("return document.activeElement.id") != "main":
        broken.append("keyboard: the first stop does not lead to the text")
    browser.go(page)
    stops = set()
    wanted = browser.run("return document.querySelectorAll('a[href], [tabindex=\"0\"], input').length")
    for _ in range(wanted + 2):
        browser.press("\ue004")
        at = browser.run("""
            const at = document.activeElement, style = getComputedStyle(at), all = [...document.querySelectorAll('*')];
            return [all.indexOf(at), at.tagName, parseFloat(style.outlineWidth), style.outlineStyle];""")
        if at[1] != "BODY":
            stops.add(at[0])
            if at[2] < 2 or at[3] == "none":
                broken.append(f"keyboard: a stop ({at[1]}) is not seen")
    if len(stops) < wanted:
        broken.append(f"keyboard: {len(stops)} stops of {wanted}")
    print(f"keyboard: {len(stops)} stops")


def narrow(browser, page, broken):
    """The index: whole without its script, narrowed with it."""
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    browser.go(page)
    browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    rows = "return [...document.querySelectorAll('#index tbody tr')].filter(row => row.offsetParent).length"
    whole, fields = browser.run(rows), browser.run("return document.querySelectorAll('input').length")
    if fields or not whole:
        broken.append(f"index without its script: {whole} rows, {fields} fields")
    browser.go(page)
    browser.run("const f = document.querySelector('input'); f.value = '研修'; f.dispatchEvent(new Event('input'))")
    few = browser.run(rows)
    if not 0 < few < whole or browser.run("return document.querySelector('[role=status]').textContent") != f"{few}件":
        broken.append(f"index with its script: {few} of {whole} rows")
    print(f"index: {few} of {whole} rows")


def hostile(browser, folder, broken):
    """Pages full of words that would run, in a browser that runs."""
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        browser.go(page)
        browser.run("document.querySelectorAll('*').forEach(node => { node.dispatchEvent(new MouseEvent('mouseover')); "
                    "node.dispatchEvent(new FocusEvent('focus')); })")
        if browser.run("return document.documentElement.dataset.ran || ''"):
            broken.append(f"{page.name}: a text ran")
    print(f"hostile words: {len(pages)} pages, none ran")


def main():
    site, axe = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).read_text()
    pictures, broken = site / "pictures", []
    pictures.mkdir(exist_ok=True)
    kinds = ["example/index", "example/entries", "example/indicators", "example/changes", "example/data", "example/list",
             "example/calculations", "example/entries/1", "example/entries/1-2-1", "example/indicators/counter-satisfaction",
             "example/indicators/fiscal-health", "example/periods/R8Q1", "2027/index", "2027/indicators", "index"]
    browser = Browser()
    try:
        for name in kinds:
            look(browser, axe, site / "pages" / f"{name}.html", name, pictures, broken, SIZES)
        for name in ["en/example/index", "en/example/entries/1-2-1", "en/example/indicators/counter-satisfaction"]:
            look(browser, axe, site / "pages" / f"{name}.html", name, pictures, broken, ["390"])
        walk(browser, site / "pages/example/index.html", broken)
        narrow(browser, site / "pages/example/list.html", broken)
        hostile(browser, site / "hostile/pages", broken)
    finally:
        browser.close()
    print("\n".join(broken))
    sys.exit(1 if broken else 0)


main()
