"""Judges Prodigy's JSON Lines with spaCy: python judge_prodigy.py EXPORT.jsonl..."""

import json
import sys

from tally import Tally, need, version

spacy = need("spacy")
tokens_of = need("spacy.tokens", "spacy")
tally = Tally(f"prodigy: {version('spacy')}")
check = tally.check
nlp = spacy.blank("en")


def with_blanks(text, tokens):
    """Words and spaces of a Doc, with the white space between tokens as tokens, as spaCy has it."""
    words, spaces, at = [], [], 0
    for token in [*tokens, {"start": len(text), "end": len(text), "text": ""}]:
        between = text[at:token["start"]]
        if between and words and between[0] == " ":
            spaces[-1], between = True, between[1:]
        if between:
            words.append(between)
            spaces.append(False)
        if token["text"]:
            words.append(token["text"])
            spaces.append(False)
        at = token["end"]
    return words, spaces


def span_of(task, doc, span, where):
    check("a span has a label and offsets inside the text", bool(span.get("label")) and 0 <= span["start"] < span["end"] <= len(task["text"]), f"{where}: {span}")
    first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
    check("token_start begins the span, token_end ends it (inclusive)", first["start"] == span["start"] and last["end"] == span["end"], f"{where}: {span}")
    found = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="strict")
    check("char_span finds the span", found is not None, f"{where}: {task['text'][span['start']:span['end']]!r}")
    if found is not None:
        check("char_span finds the words of the span", found.text == task["text"][span["start"]:span["end"]], f"{where}: {found.text!r}")
    return found


for name in sys.argv[1:] or sys.exit(__doc__):
    bin_ = tokens_of.DocBin(store_user_data=True)
    wanted, hashes = [], 0
    with open(name, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            task, where = json.loads(line), f"{name}:{number}"
            text, tokens = task["text"], task["tokens"]
            at = 0
            for index, token in enumerate(tokens):
                check("a token's id is its place", token["id"] == index, f"{where}: {token}")
                check("a token's words stand at its offsets", text[token["start"]:token["end"]] == token["text"] != "", f"{where}: {token}")
                check("tokens stand in order, only white space between", token["start"] >= at and text[at:token["start"]].strip() == "", f"{where}: {token} after {text[at:token['start']]!r}")
                check("ws tells whether a blank follows", token["ws"] == (text[token["end"]:token["end"] + 1] == " "), f"{where}: {token}")
                at = token["end"]
            words, spaces = with_blanks(text, tokens)
            doc = tokens_of.Doc(nlp.vocab, words=words, spaces=spaces)
            check("a Doc of the tokens and the white space has the text", doc.text == text, where)
            plain = tokens_of.Doc(nlp.vocab, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
            check("a Doc of the tokens alone (words and ws) has the text", plain.text == text, f"{where}: first difference at {next((i for i, (a, b) in enumerate(zip(plain.text, text)) if a != b), min(len(plain.text), len(text)))} {text[:20]!r}")
            group = []
            for span in task["spans"]:
                found = span_of(task, doc, span, where)
                if found is not None:
                    group.append(found)
            doc.spans["sc"] = group
            known = {(s["start"], s["end"], s["label"]) for s in task["spans"]}
            for relation in task["relations"]:
                for end in ("head", "child"):
                    span = relation[f"{end}_span"]
                    span_of(task, doc, span, where)
                    check("a relation joins spans of the task", (span["start"], span["end"], span["label"]) in known, f"{where}: {span}")
                    check("head and child are the last tokens of their spans", relation[end] == span["token_end"], f"{where}: {relation[end]} {span}")
                check("a relation has a label", bool(relation["label"]), where)
            check("answer is accept, reject or ignore", task["answer"] in ("accept", "reject", "ignore"), where)
            again = spacy.blank("en").make_doc(text)
            misses = sum(again.char_span(s["start"], s["end"]) is None for s in task["spans"])
            hashes += misses
            bin_.add(doc)
            wanted.append((text, [(s.start_char, s.end_char, s.label_) for s in group]))
    back = list(tokens_of.DocBin().from_bytes(bin_.to_bytes()).get_docs(spacy.blank("en").vocab))
    check("DocBin gives back as many articles", len(back) == len(wanted), name)
    for doc, (text, spans) in zip(back, wanted):
        check("DocBin gives back the text and the spans", doc.text == text and [(s.start_char, s.end_char, s.label_) for s in doc.spans["sc"]] == spans, text[:40])
    tally.note(f"{name}: {hashes} spans do not fall on the tokens of spaCy's own tokenizer")
tally.done()
