"""A double click as a person sees it: a program starts without arguments in a console of its own, in this folder.
click.py PROGRAM…  Its menu is used once and left; alone in a folder without a plan it offers to begin one."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import sys
import tempfile
import termios
import time

PATIENCE = 60
DOWN, ENTER, ESCAPE = b"\x1b[B", b"\r", b"\x1b"


class Window:
    def __init__(self, program, folder):
        self.raw, self.seen = b"", 0
        self.child, self.screen = pty.fork()
        if self.child == 0:
            # cmd.exe says by it that somebody typed a command.
            os.environ.pop("PROMPT", None)
            os.environ["TERM"] = "xterm"
            os.chdir(folder)
            os.execvp(program[0], program)
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def text(self):
        """What is drawn, without what steers the terminal; a step to the right is a space."""
        drawn = self.raw.decode("utf-8", "replace").replace("\x1b[1C", " ")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|[\r\x00]", "", drawn)

    def read(self):
        if not select.select([self.screen], [], [], 0.2)[0]:
            return True
        try:
            got = os.read(self.screen, 65536)
        except OSError:
            return False
        self.raw += got
        return bool(got)

    def sees(self, words):
        until = time.monotonic() + PATIENCE
        while (at := self.text().find(words, self.seen)) < 0:
            if not self.read() or time.monotonic() > until:
                sys.exit(f"no {words!r} after a double click, only:\n{self.text()[self.seen:]}")
        self.seen = at + len(words)

    def types(self, keys):
        # The question is on the screen a moment before its keys are read.
        time.sleep(0.5)
        os.write(self.screen, keys)

    def ends(self, code):
        until = time.monotonic() + PATIENCE
        while self.read() and time.monotonic() < until:
            pass
        ended = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        assert ended == code, f"ended with {ended} instead of {code}:\n{self.text()}"


program = sys.argv[1:]
window = Window(program, os.getcwd())
window.sees("期限を過ぎたもの")
window.sees("何をしますか")
window.types(DOWN + DOWN + ENTER)
window.sees("kaikaku due")
window.sees("何をしますか")
window.types(ESCAPE)
window.ends(0)
print("a double click: the desk, its menu, what is due, and the end")

with tempfile.TemporaryDirectory() as empty:
    shutil.copy(program[-1], empty)
    window = Window(program, empty)
    window.sees("計画")
    window.sees("新しい計画を始める")
    window.types(ESCAPE)
    window.ends(0)
print("a double click where no plan is: what to do, and that a plan can be begun there")
