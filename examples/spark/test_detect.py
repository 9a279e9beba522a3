"""Whether detect.py writes what proofmark writes: python3 -m unittest discover examples/spark

PROOFMARK names the program, otherwise it is looked for in PATH. Where pyspark, Java or the program
are missing this says so and tests nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from importlib.util import find_spec
from pathlib import Path

JOB = Path(__file__).resolve().parent / "detect.py"
PROGRAM = shutil.which(os.environ.get("PROOFMARK", "proofmark"))


def missing():
    if find_spec("pyspark") is None:
        return "pyspark is not installed (pip install pyspark)"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "Java is not installed"
    if PROGRAM is None:
        return "proofmark is not built, or PROOFMARK does not name it"
    return None


MISSING = missing()
if MISSING:
    print(f"SKIPPED: {MISSING}: examples/spark is not tested", file=sys.stderr)

STORY = "Fares fell 12 percent last year, the agency said. “It cost $5 million,” Ana Ruiz said."

# What a reader of lines may trip over: line ends of Unicode and of Windows inside a text, letters
# of more bytes, signs that JSON writes with a backslash, ids that are no strings, and no text.
ARTICLES = [
    {"id": "plain", "text": STORY},
    {"id": "separators", "text": f"{STORY}\u2028{STORY}\u2029\u0085\x0b\x0c\x1c{STORY}"},
    {"id": "line ends", "text": f"{STORY}\r\n\r\n{STORY}\n\n{STORY}\r{STORY}"},
    {"id": "żółć 🙂\u2028", "text": f"Żółć 🙂 é e\u0301\n\n{STORY}"},
    {"id": "signs", "text": f'"\\" \\u2028 \x00\t {STORY}'},
    {"id": 7, "text": STORY},
    {"id": {"desk": 3}, "text": STORY},
    {"id": "no text", "text": ""},
] + [{"id": f"a{number}", "text": f"{number} of them.\n\n{STORY}"} for number in range(40)]


def as_lines(articles):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles).encode()


def straight(given):
    """What the program writes without Spark."""
    return subprocess.run([PROGRAM, "detect", "--jsonl"], input=given, stdout=subprocess.PIPE)


@unittest.skipIf(MISSING, str(MISSING))
class Detect(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.input = self.folder / "articles.jsonl"

    def run_job(self, *more):
        command = [sys.executable, JOB, "--program", PROGRAM, "--input", self.input]
        command += ["--output", self.folder / "findings", *more]
        # Whoever tests on a machine with another name for itself still reaches the driver.
        environment = dict(os.environ, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
        ran = subprocess.run(command, env=environment, stderr=subprocess.PIPE, timeout=300)
        ran.stderr = ran.stderr.decode("utf-8", "replace")
        return ran

    def parts(self, name="findings"):
        """What Spark wrote, a part a file."""
        return [part.read_bytes() for part in sorted((self.folder / name).glob("part-*"))]

    def test_lines_are_the_same_to_the_byte_and_in_order(self):
        # Line ends of Windows, empty lines, and a lone \r, which is a blank in JSON.
        given = as_lines(ARTICLES).replace(b"}\n", b"}\r\n\n \n", 3)
        given = given.replace(b', "text"', b',\r"text"', 2)
        self.input.write_bytes(given)
        ran = self.run_job("--part-size", "2k", "--claims", self.folder / "claims")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn(f"{len(ARTICLES)} of {len(ARTICLES)} article(s)", ran.stderr)
        self.assertGreater(len(self.parts()), 2)
        expected = straight(given).stdout
        self.assertEqual(b"".join(self.parts()), expected)
        self.compare_claims(expected)

    def compare_claims(self, expected):
        found = b"".join(self.parts("claims")).decode().split("\n")
        rows = [json.loads(line) for line in found if line]
        told = {(row["id"], row["number"]): (row["text"], row["spans"]) for row in rows}
        wanted = {}
        for line in expected.decode().rstrip("\n").split("\n"):
            article = json.loads(line)
            name = article["id"]
            if not isinstance(name, str):
                name = json.dumps(name, separators=(",", ":"))
            for number, claim in enumerate(article["claims"]):
                wanted[name, number] = (claim["text"], claim["spans"])
        self.assertEqual(len(rows), len(wanted))
        self.assertEqual(told, wanted)

    def test_dealt_out_anew_the_lines_are_the_same_by_id(self):
        given = as_lines(ARTICLES)
        self.input.write_bytes(given)
        ran = self.run_job("--partitions", "3")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        found = b"".join(self.parts()).split(b"\n")
        self.assertEqual(sorted(found), sorted(straight(given).stdout.split(b"\n")))

    def test_a_broken_line_fails_the_job(self):
        self.input.write_bytes(as_lines(ARTICLES[:3]) + b'{"id": "broken\n')
        ran = self.run_job()
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("line 4", ran.stderr)
        self.assertFalse((self.folder / "findings/_SUCCESS").exists())

    def test_keep_going_leaves_a_broken_line_out_and_says_so(self):
        given = as_lines(ARTICLES[:3]) + b'{"id": "broken\n' + as_lines(ARTICLES[3:])
        self.input.write_bytes(given)
        ran = self.run_job("--keep-going")
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertIn(f"{len(ARTICLES)} of {len(ARTICLES) + 1} article(s)", ran.stderr)
        self.assertEqual(b"".join(self.parts()), straight(given).stdout)


if __name__ == "__main__":
    unittest.main()
