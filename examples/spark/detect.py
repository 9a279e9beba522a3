"""Detects claims in many articles with Spark: each partition goes through one proofmark.

    spark-submit detect.py --input articles.jsonl --output findings --claims claims

The input is JSON Lines, {"id", "text"} a line, as `proofmark detect --jsonl` reads it: a file, a
folder or a pattern; or Parquet with these two columns. The output is a folder of JSON Lines, the
same lines to the byte that the program writes by itself. `--claims` writes a claim a line.

Spark only hands lines on. proofmark must be on every worker, where the lines are piped to it.
"""

import argparse
import os
import shlex
import shutil
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# What becomes columns; docs/detect.schema.json has the rest. Told here, because to have Spark guess
# it from the data would read everything once more.
ARTICLE = """
    id string,
    claims array<struct<
        text string, spans array<array<bigint>>, voice string, kinds array<string>,
        checkable double, priority double, attribution bigint
    >>
"""


def read_lines(spark, path, form):
    """The articles, one JSON object a row, in the column `value`."""
    if form == "parquet":
        # Line ends in a text are written as \\n there, so a row stays a line.
        articles = spark.read.parquet(path)
        return articles.select(F.to_json(F.struct("id", "text")).alias("value"))
    # A line ends at \n alone, as for proofmark: Spark would also end one at a lone \r.
    lines = spark.read.option("lineSep", "\n").text(path)
    # An empty line is no article. It is left out here too, so that counting is right.
    return lines.where(F.col("value").rlike(r"[^ \t\r\f]"))


def detect(lines, program, threads, check):
    """The lines that proofmark writes for these: in order within a partition, for each a process.

    With `check` a line that cannot be read fails the task, and with it the job.
    """
    # pipe() gives the program no environment but this, so without PATH it would not be found.
    # Spark runs a task a core, so one thread each is enough.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "RAYON_NUM_THREADS": str(threads)}
    command = shlex.join([program, "detect", "--jsonl"])
    values = lines.rdd.map(lambda row: row.value)
    # pipe() takes a row for a line and ends lines at \n alone. str.splitlines() on the way would not
    # do: it also cuts at U+2028, which may stand in a text.
    found = values.pipe(command, env=environment, checkCode=check)
    return found.map(lambda line: (line,)).toDF("value string")


def claims(findings):
    """A row a claim, with the `id` of its article and its number there, from 0."""
    article = findings.select(F.from_json("value", ARTICLE).alias("article"))
    each = F.posexplode("article.claims").alias("number", "claim")
    return article.select("article.id", each).select("id", "number", "claim.*")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--input", required=True, help="a file, a folder or a pattern")
    parser.add_argument("--input-format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--output", required=True, help="folder of the findings, a new one")
    parser.add_argument("--claims", help="folder for a claim a line, a new one")
    parser.add_argument("--program", default="proofmark", help="proofmark, as workers find it")
    parser.add_argument("--partitions", type=int, help="deal the articles out anew to so many")
    parser.add_argument("--part-size", default="4m", help="bytes of input a partition (4m)")
    parser.add_argument("--threads", type=int, default=1, help="threads of a proofmark (1)")
    parser.add_argument("--keep-going", action="store_true", help="leave out what cannot be read")
    parser.add_argument("--master", help="where Spark runs (local[2], or as spark-submit says)")
    arguments = parser.parse_args()
    is_local = (arguments.master or "local").startswith("local")
    if is_local and shutil.which(arguments.program) is None:
        parser.error(f"{arguments.program}: no such program; name it with --program")
    return arguments


def main():
    arguments = parse_arguments()
    builder = SparkSession.builder.appName("proofmark detect")
    builder = builder.config("spark.sql.files.maxPartitionBytes", arguments.part_size)
    # Under spark-submit the master is told before this begins.
    if arguments.master or "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(arguments.master or "local[2]")
    spark = builder.getOrCreate()
    try:
        lines = read_lines(spark, arguments.input, arguments.input_format)
        if arguments.partitions:
            lines = lines.repartition(arguments.partitions)
        check = not arguments.keep_going
        found = detect(lines, arguments.program, arguments.threads, check)
        found.write.option("lineSep", "\n").text(arguments.output)

        # From what was written, so that nothing is detected twice.
        findings = spark.read.option("lineSep", "\n").text(arguments.output)
        if arguments.claims:
            claims(findings).write.json(arguments.claims)
        # A program that was killed also ends its lines early, so what is missing is always told.
        given, done = lines.count(), findings.count()
        print(f"{done} of {given} article(s) detected", file=sys.stderr)
        return 0 if done == given else 2
    finally:
        spark.stop()


if __name__ == "__main__":
    sys.exit(main())
