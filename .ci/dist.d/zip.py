"""A zip of a folder that is the same bytes each time: names in order, one time, no traces of this machine."""

import os
import sys
import time
import zipfile

folder, target = sys.argv[1:]
when = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
with zipfile.ZipFile(target, "w") as archive:
    paths = (os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
    for path in sorted(paths):
        member = zipfile.ZipInfo(os.path.relpath(path, os.path.dirname(folder)), when)
        member.create_system, member.external_attr = 3, 0o100644 << 16
        with open(path, "rb") as file:
            archive.writestr(member, file.read(), zipfile.ZIP_DEFLATED, 9)
