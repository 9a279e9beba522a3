"""Judges Label Studio's tasks with label-studio-sdk: python judge_labelstudio.py CONFIG.xml TASKS.json..."""

import json
import sys
import xml.etree.ElementTree as xml

from tally import Tally, need, version

interface_of = need("label_studio_sdk.label_interface", "label-studio-sdk")
tally = Tally(f"labelstudio: {version('label-studio-sdk')}")
check = tally.check


def cut(text, start, end):
    """The words between offsets in UTF-16 code units, as a browser counts."""
    return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le", "replace")


configs = [name for name in sys.argv[1:] if name.endswith(".xml")]
exports = [name for name in sys.argv[1:] if name.endswith(".json")]
if len(configs) != 1 or not exports:
    sys.exit(__doc__)
with open(configs[0], encoding="utf-8") as file:
    config = file.read()
tree = xml.fromstring(config)
check("the configuration is XML with a View", tree.tag == "View", tree.tag)
try:
    interface = interface_of.LabelInterface(config)
    interface.validate()
    check("LabelInterface.validate takes the configuration", True)
except Exception as error:
    check("LabelInterface.validate takes the configuration", False, repr(error))
    tally.done()
choices = {tag.get("name"): {c.get("value") for c in tag.findall("Choice")} for tag in tree.iter("Choices")}
relation_labels = {tag.get("value") for tag in tree.iter("Relation")}
trouble = set()
for name in exports:
    with open(name, encoding="utf-8") as file:
        tasks = json.load(file)
    check("the tasks are a list", isinstance(tasks, list), name)
    for number, task in enumerate(tasks):
        where = f"{name}[{number}]"
        text = task["data"]["text"]
        try:
            bare = {"data": task["data"]}
            check("LabelInterface.validate_task takes the data", interface.validate_task(bare), where)
        except Exception as error:
            check("LabelInterface.validate_task takes the data", False, f"{where}: {error!r}")
        try:
            check("LabelInterface.validate_task takes the whole task", interface.validate_task(task), where)
        except TypeError as error:
            # Releases up to 2.1.2 call validate_annotation without its argument.
            trouble.add(f"LabelInterface.validate_task cannot judge tasks with annotations in this release: {error}")
        for kind in ("annotations", "predictions"):
            for one in task.get(kind, []):
                errors = interface._validate_object(one, return_errors=True)
                check(f"LabelInterface takes the {kind}", not errors, f"{where}: {errors[:3]}")
                regions, seen = {}, set()
                for region in one["result"]:
                    if region["type"] == "relation":
                        continue
                    value = region["value"]
                    words = cut(text, value["start"], value["end"])
                    check("a region's words stand at its offsets in UTF-16", words == value["text"] if region["type"] != "textarea" else words != "", f"{where}: {words!r} is not {value['text']!r}")
                    place = (value["start"], value["end"])
                    check("results of one region stand at one place", regions.setdefault(region["id"], place) == place, f"{where}: {region['id']}")
                    check("a region has one result of a control", (region["id"], region["from_name"]) not in seen, f"{where}: {region['id']} {region['from_name']}")
                    seen.add((region["id"], region["from_name"]))
                    for choice in value.get("choices", []):
                        check("a choice is offered", choice in choices[region["from_name"]], f"{where}: {choice}")
                    if region["type"] == "labels":
                        check("a region of text has a label", len(value["labels"]) == 1, f"{where}: {value}")
                for region in one["result"]:
                    if region["type"] != "relation":
                        continue
                    check("a relation joins regions", region["from_id"] in regions and region["to_id"] in regions, f"{where}: {region}")
                    check("a relation's labels are offered", set(region["labels"]) <= relation_labels, f"{where}: {region['labels']}")
                    check("a relation's direction is known", region["direction"] in ("left", "right", "bi"), where)
                if "score" in one:
                    check("a score is from 0 to 1", 0 <= one["score"] <= 1, where)
for what in sorted(trouble):
    tally.note(what)
tally.done()
