"""Holds CycloneDX documents against the schema of their version: valid.py FILE..."""

import json
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

for name in sys.argv[1:]:
    text = Path(name).read_text()
    wrong = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    if wrong:
        sys.exit(f"{name}: {wrong}")
    known = {part["bom-ref"] for part in json.loads(text)["components"]}
    known.add(json.loads(text)["metadata"]["component"]["bom-ref"])
    for needs in json.loads(text)["dependencies"]:
        assert {needs["ref"], *needs["dependsOn"]} <= known, f"{name}: {needs['ref']} needs what is not listed"
    print(f"{Path(name).name}: {len(known)} parts")
