"""Counts checks and failures of a judge; a script ends with `tally.done()`."""

import importlib
import sys


class Tally:
    def __init__(self, judge):
        self.judge, self.checks, self.failures, self.notes = judge, {}, [], []

    def check(self, rule, holds, what=""):
        """One check of a rule; `what` is the smallest excerpt that shows the failure."""
        self.checks[rule] = self.checks.get(rule, 0) + 1
        if not holds:
            self.failures.append((rule, what))
        return holds

    def note(self, what):
        """Something a person should know that breaks no rule."""
        self.notes.append(what)

    def done(self):
        for rule, what in self.failures[:60]:
            print(f"FAIL {rule}: {what}")
        if len(self.failures) > 60:
            print(f"... and {len(self.failures) - 60} more")
        for what in self.notes:
            print(f"NOTE {what}")
        for rule, count in self.checks.items():
            print(f"     {count:6} {rule}")
        print(f"{self.judge}: {sum(self.checks.values())} checks, {len(self.failures)} failures")
        if not self.checks:
            print("NOTHING WAS CHECKED")
        sys.exit(1 if self.failures or not self.checks else 0)


def need(module, package=None):
    """A module, or a loud end of the script."""
    try:
        return importlib.import_module(module)
    except ImportError:
        sys.exit(f"NOT INSTALLED: {module} (pip install {package or module}): NOTHING WAS JUDGED")


def version(package):
    from importlib.metadata import version as of
    return f"{package} {of(package)}"
