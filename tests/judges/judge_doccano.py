"""Judges doccano's JSON Lines by the models of its importer (data_import/pipeline/label.py):
python judge_doccano.py EXPORT.jsonl... [TEXT...]

A line has `text`; and `label`, a list of [start, end, label], or `entities` and `relations`. Where
the texts are given (files that are no .jsonl) each line's text must be one of them."""

import json
import sys

from tally import Tally, need, version

pydantic = need("pydantic")
tally = Tally(f"doccano: the importer's models in {version('pydantic')}")
check = tally.check


class Span(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)
    id: int = -1
    label: str = pydantic.Field(min_length=1)
    start_offset: pydantic.NonNegativeInt
    end_offset: pydantic.NonNegativeInt

    @pydantic.model_validator(mode="after")
    def in_order(self):
        if self.start_offset >= self.end_offset:
            raise ValueError("start_offset must be less than end_offset")
        return self


class Relation(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)
    id: int = -1
    from_id: int
    to_id: int
    type: str = pydantic.Field(min_length=1)


def parsed(model, fields, where):
    try:
        one = model(**fields)
    except pydantic.ValidationError as error:
        check(f"the importer's {model.__name__} takes it", False, f"{where}: {fields} {error.errors()[0]['msg']}")
        return None
    check(f"the importer's {model.__name__} takes it", True)
    return one


exports = [name for name in sys.argv[1:] if name.endswith(".jsonl")]
texts = []
for name in sys.argv[1:]:
    if not name.endswith(".jsonl"):
        with open(name, encoding="utf-8", newline="") as file:
            texts.append(file.read())
if not exports:
    sys.exit(__doc__)
for name in exports:
    ids, relation_ids = set(), set()
    with open(name, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    check("the file ends in a line end", lines.pop() == "", name)
    for number, line in enumerate(lines, 1):
        task, where = json.loads(line), f"{name}:{number}"
        text = task.get("text")
        check("a line has a text", isinstance(text, str) and text != "", where)
        if texts:
            check("the text is the article's", text in texts, where)
        check("a line is of one project type", ("label" in task) != ("entities" in task), where)
        spans = []
        for one in task.get("label", []):
            check("a mark is [start, end, label]", isinstance(one, list) and len(one) == 3, f"{where}: {one}")
            spans.append(parsed(Span, dict(zip(("start_offset", "end_offset", "label"), one)), where))
        own = set()
        for one in task.get("entities", []):
            span = parsed(Span, one, where)
            spans.append(span)
            if span:
                check("an entity's id is its own in the file", span.id not in ids, f"{where}: {one}")
                ids.add(span.id)
                own.add(span.id)
        for span in spans:
            if span:
                words = text[span.start_offset:span.end_offset]
                check("offsets count code points inside the text", span.end_offset <= len(text), f"{where}: {span}")
                check("no mark begins or ends with white space, as cutting it would make", words == words.strip() != "", f"{where}: {words!r}")
        keys = [(s.start_offset, s.end_offset, s.label) for s in spans if s]
        if len(keys) != len(set(keys)):
            tally.note(f"{where}: {[k for k in keys if keys.count(k) > 1][:1]} stands there twice")
        overlaps = sum(a[1] > b[0] for a, b in zip(sorted(keys), sorted(keys)[1:]))
        if overlaps:
            tally.note(f"{where}: {overlaps} marks overlap: the project needs “allow overlapping spans”")
        for one in task.get("relations", []):
            relation = parsed(Relation, one, where)
            if relation:
                check("a relation joins entities of its line", {relation.from_id, relation.to_id} <= own, f"{where}: {one}")
                check("a relation's id is its own in the file", relation.id not in relation_ids, f"{where}: {one}")
                relation_ids.add(relation.id)
tally.done()
