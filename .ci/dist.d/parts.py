"""What a program is made of, by cargo's own word: parts.py TARGET SBOM LICENCES.

SBOM is a CycloneDX 1.5 document, LICENCES a text with the terms of every part. Nothing is asked of a network. A part
whose licence nobody can read from its package is an error, not a gap.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

target, sbom, licences = sys.argv[1:]
TERMS = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)
# What the compilers put into the program: Debian says its terms, rustup's toolchain its own.
RUNTIMES = {
    "x86_64-unknown-linux-gnu": {
        "The GNU C Library, linked in (LGPL-2.1-or-later; its sources are Debian's package glibc, the program is linked "
        "anew by building it from its sources)": "/usr/share/doc/libc6/copyright",
        "The runtime of GCC, linked in (GPL-3.0 with the GCC Runtime Library Exception)": "/usr/share/doc/libgcc-s1/copyright",
    },
    "x86_64-pc-windows-gnu": {
        "The runtime of MinGW-w64, linked in": "/usr/share/doc/mingw-w64-x86-64-dev/copyright",
        "The runtime of GCC, linked in (GPL-3.0 with the GCC Runtime Library Exception)": "/usr/share/doc/libgcc-s1/copyright",
    },
}


def told(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def parts():
    """The packages of the program, and of each its own: what only builds or tests it is left out."""
    meta = json.loads(told("cargo", "metadata", "--locked", "--features", "parquet", "--format-version", "1", "--filter-platform", target))
    packages = {package["id"]: package for package in meta["packages"]}
    nodes = {node["id"]: node for node in meta["resolve"]["nodes"]}
    needs = {}
    wanted = [meta["resolve"]["root"]]
    while wanted:
        one = wanted.pop()
        if one in needs:
            continue
        needs[one] = sorted(
            dep["pkg"]
            for dep in nodes[one]["deps"]
            if any(kind["kind"] is None for kind in dep["dep_kinds"])
            and not any("proc-macro" in kind for aim in packages[dep["pkg"]]["targets"] for kind in aim["kind"])
        )
        wanted += needs[one]
    return meta["resolve"]["root"], packages, needs


def sums():
    """The checksum of each package, as the lock file pins it."""
    text = Path("Cargo.lock").read_text()
    block = r'name = "([^"]+)"\nversion = "([^"]+)"\n(?:source = "[^"]+"\n)?(?:checksum = "([0-9a-f]+)")?'
    return {(name, version): digest for name, version, digest in re.findall(block, text)}


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, kind, digests):
    one = {"type": kind, "bom-ref": purl(package), "name": package["name"], "version": package["version"], "purl": purl(package)}
    if package["license"]:
        one["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    digest = digests.get((package["name"], package["version"]))
    if digest:
        one["hashes"] = [{"alg": "SHA-256", "content": digest}]
    if package["repository"]:
        one["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return one


def bom(root, packages, needs):
    lock = hashlib.sha256(Path("Cargo.lock").read_bytes() + target.encode()).hexdigest()
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))
    digests = sums()
    refs = sorted(needs, key=lambda one: purl(packages[one]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {"timestamp": when, "component": component(packages[root], "application", digests)},
        "components": [component(packages[one], "library", digests) for one in refs if one != root],
        "dependencies": [
            {"ref": purl(packages[one]), "dependsOn": sorted(purl(packages[dep]) for dep in needs[one])} for one in refs
        ],
    }


def terms(package):
    """The texts of its licence, by what they say; those of the workspace are the project's own."""
    folder = Path(package["manifest_path"]).parent
    if package["source"] is None:
        folder = Path.cwd()
    files = sorted(path for path in folder.iterdir() if path.is_file() and TERMS.match(path.name))
    return ["\n".join(path.read_text(errors="replace").split("\r\n")).strip() for path in files]


def document(packages, needs):
    texts, silent = {}, []
    for one in sorted(needs, key=lambda one: purl(packages[one])):
        package = packages[one]
        head = f"{package['name']} {package['version']} ({package['license']})"
        found = terms(package)
        for text in found:
            texts.setdefault(text, []).append(head)
        if not found:
            silent.append((head, package))
    lines = [f"Licences of what is in the program for {target}", "=" * 72, ""]
    for text, heads in texts.items():
        lines += [*dict.fromkeys(heads), "-" * 72, text, "", "=" * 72, ""]
    if silent:
        lines += ["These packages bring no text of their own. Their terms are those of the texts above:"]
        for head, package in silent:
            assert package["license"], f"{head} names no licence"
            by = ", ".join(package["authors"]) or package["repository"] or ""
            lines.append(f"{head} {by}".rstrip())
        lines += ["", "=" * 72, ""]
    library = Path(told("rustc", "--print", "sysroot").strip()) / "share/doc/rust/licenses/MIT.txt"
    rust = {"The standard library of Rust and what it is made of, linked in (MIT OR Apache-2.0)": library}
    for title, path in {**rust, **RUNTIMES[target]}.items():
        lines += [title, "-" * 72]
        path = Path(path)
        lines += [path.read_text(errors="replace").strip() if path.exists() else "(its text comes with the compiler)"]
        lines += ["", "=" * 72, ""]
    return "\n".join(lines)


root, packages, needs = parts()
Path(sbom).write_text(json.dumps(bom(root, packages, needs), indent=1, ensure_ascii=False) + "\n")
Path(licences).write_text(document(packages, needs))
print(f"{len(needs)} packages")
