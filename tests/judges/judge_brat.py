"""Judges folders of brat standoff files with pybrat and bioc, and annotation.conf by the rules of
brat's own parser (server/src/projectconfig.py): python judge_brat.py FOLDER..."""

import codecs
import os
import re
import sys

from tally import Tally, need, version

pybrat = need("pybrat.parser", "pybrat")
decoder = need("bioc.brat.decoder", "bioc")
tally = Tally(f"brat: {version('pybrat')}, {version('bioc')}, rules of the server")
check = tally.check
STORED = re.compile(r"^[a-zA-Z0-9_-]+$")
RESERVED = {"<ENTITY>", "<EVENT>", "<RELATION>", "<ANY>", "<OVL-TYPE>", "<REL-TYPE>", "<URL>", "<NORM>", "<OVERLAP>"}
SECTIONS = ["entities", "relations", "events", "attributes"]


def configuration(path):
    """The terms of each section, with their arguments."""
    sections, now = {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if re.match(r"^\[(\S+)\]$", line):
                now = sections.setdefault(line[1:-1], {})
                continue
            if not line.strip() or line.startswith("#"):
                continue
            check("a line of the configuration stands in a section", now is not None, line)
            found = re.match(r"^(\s*)(\S+)(?:\s+(.*))?$", line)
            _, term, arguments = found.groups()
            parsed = {}
            for argument in [a.strip() for a in (arguments or "").split(",") if a.strip()]:
                pair = re.match(r"^(\S*?):(\S*)$", argument)
                check("an argument is ROLE:TYPE", bool(pair), f"{line!r}")
                if pair:
                    values = pair.group(2).split("|")
                    check("no type of an argument is empty", all(values), line)
                    check("a role stands there once", pair.group(1) not in parsed, line)
                    parsed[pair.group(1)] = values
            for macro in re.findall(r"<.*?>", line):
                check("a name in angle brackets is reserved", macro in RESERVED, line)
            if term not in RESERVED:
                check("a term is fit for storage, else the server renames it", bool(STORED.match(term)), term)
            check("a term stands in its section once", term not in now, term)
            now[term] = parsed
    return sections


def reference(text, spans):
    return " ".join(text[start:end] for start, end in spans)


def overlap_allowed(conf):
    return "<OVERLAP>" in conf.get("relations", {})


for folder in sys.argv[1:] or sys.exit(__doc__):
    conf = configuration(os.path.join(folder, "annotation.conf"))
    for section in SECTIONS:
        check("annotation.conf has the four sections", section in conf, section)
    names = sorted(os.listdir(folder))
    for name in [n for n in names if n.endswith(".txt")]:
        check("a text has its .ann file", name[:-4] + ".ann" in names, name)
    for name in [n for n in names if n.endswith(".ann")]:
        check("an .ann file has its text", name[:-4] + ".txt" in names, name)
        path = os.path.join(folder, name)
        with open(path[:-4] + ".txt", encoding="utf-8", newline="") as file:
            text = file.read()
        check("a text has no CR, at which offsets would differ", "\r" not in text, name)
        with open(path, encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        check("an .ann file ends in a line end", lines.pop() == "", name)
        # The server reads with codecs, which ends lines at U+2028, U+0085, VT and FF too.
        with codecs.open(path, encoding="utf-8") as file:
            count = len(file.readlines())
        check("the server's reader sees as many lines", count == len(lines), f"{name}: {count} for {len(lines)}")
        spans, seen = {}, set()
        for line in lines:
            key, rest = line.split("\t", 1)
            check("an id stands there once", key not in seen, f"{name}: {line}")
            seen.add(key)
            if key[0] == "T":
                try:
                    entity = decoder.loads_brat_entity(line)
                except AssertionError as error:
                    check("bioc reads the T line", False, f"{name}: {line!r} {error}")
                    head = rest.split("\t")[0].split(" ", 1)
                    places = [tuple(map(int, part.split(" "))) for part in head[1].split(";")]
                    spans[key] = (head[0], places)
                    continue
                check("bioc reads the T line", True)
                places = [tuple(map(int, part.split(" "))) for part in rest.split("\t")[0].split(" ", 1)[1].split(";")]
                check("bioc sees the same offsets", sorted(places) == sorted(tuple(p)[:2] for p in entity.locations), line)
                spans[key] = (entity.type, places)
                check("a T's type is configured", entity.type in conf["entities"], line)
                check("a T's words are the text at its offsets, fragments joined by a blank", entity.text == reference(text, places), f"{name}: {key} {entity.text!r} is not {reference(text, places)!r}")
                check("fragments stand in order, none empty, none overlapping", all(a < b for a, b in places) and all(x[1] <= y[0] for x, y in zip(places, places[1:])), line)
                check("no fragment crosses a line break", all("\n" not in text[a:b] for a, b in places), line)
                check("no fragment begins or ends with a blank", all(text[a:b].strip(" ") == text[a:b] for a, b in places), line)
            elif key[0] == "R":
                relation = decoder.loads_brat_relation(line)
                check("bioc reads the R line", set(relation.arguments) == {"Arg1", "Arg2"}, line)
                allowed = conf["relations"].get(relation.type)
                check("an R's type is configured", allowed is not None, f"{name}: {line}")
                for role, end in relation.arguments.items():
                    check("an R joins T lines", end in spans, line)
                    if allowed and end in spans:
                        check("an R's ends are of the configured types", spans[end][0] in allowed[role] or "<ENTITY>" in allowed[role] or "<ANY>" in allowed[role], line)
            elif key[0] == "A":
                attribute = decoder.loads_brat_attribute(line)
                allowed = conf["attributes"].get(attribute.type)
                check("an A's type is configured", allowed is not None, line)
                check("an A is of a T line of the configured type", attribute.refid in spans and spans[attribute.refid][0] in (allowed or {}).get("Arg", []), line)
                values = line.split("\t")[1].split(" ")[2:]
                check("an A has one value where values are configured, else none", len(values) == (1 if allowed and "Value" in allowed else 0), line)
                if values and allowed:
                    check("an A's value is configured", values[0] in allowed.get("Value", []), line)
            elif key[0] == "#":
                note = decoder.loads_brat_note(line)
                check("bioc reads the # line", note.refid in spans and note.type == "AnnotatorNotes", line)
            else:
                check("a line is of a known kind", False, line)
        notes = [l.split("\t")[1] for l in lines if l.startswith("#")]
        twice = sorted({n for n in notes if notes.count(n) > 1})
        if twice:
            tally.note(f"{name}: {len(twice)} marks have several AnnotatorNotes, of which brat's dialog shows the last alone: {twice[0]}")
        if not overlap_allowed(conf):
            crossing = 0
            flat = [(k, min(p[0] for p in v[1]), max(p[1] for p in v[1])) for k, v in spans.items()]
            for i, one in enumerate(flat):
                crossing += sum(other[1] < one[2] and one[1] < other[2] for other in flat[i + 1:])
            check("marks that overlap are allowed by <OVERLAP>, else the server tells them as errors", crossing == 0, f"{name}: {crossing} pairs")
    for error in ("raise",):
        try:
            count = len(pybrat.BratParser(error=error).parse(folder))
            check("pybrat reads the folder", count > 0, folder)
        except Exception as problem:
            check("pybrat reads the folder", False, f"{folder}: {problem!r}")
tally.done()
