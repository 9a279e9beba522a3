"""tag_articles.py ARTICLES.jsonl > TAGGED.jsonl

Tags articles with spaCy, for `proofmark train --syntax TAGGED.jsonl`. Each line of ARTICLES is
JSON with "text"; each line of TAGGED has "by" (what tagged it), "text" and "tokens": start and
end in code points, Penn Treebank tag, relation, number of the head.

Needs spaCy 3.8 and its English model en_core_web_sm 3.8.0 (MIT licence).
"""
import json
import os
import sys

import spacy

MODEL = "en_core_web_sm"
nlp = spacy.load(os.environ.get("SPACY_MODEL", MODEL), exclude=["ner", "lemmatizer"])
by = f"spaCy {spacy.__version__}, {MODEL} {nlp.meta['version']}, over {os.path.basename(sys.argv[1])}"
with open(sys.argv[1], encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]


def paragraphs():
    for number, text in enumerate(texts):
        start = 0
        for line in text.split("\n"):
            if line.strip():
                yield line, (number, start)
            start += len(line) + 1


tokens = [[] for _ in texts]
for doc, (number, start) in nlp.pipe(paragraphs(), as_tuples=True, batch_size=256):
    first = len(tokens[number])
    for token in doc:
        place = start + token.idx
        head = first + token.head.i
        tokens[number].append([place, place + len(token), token.tag_, token.dep_, head])
for text, found in zip(texts, tokens):
    print(json.dumps({"by": by, "text": text, "tokens": found}))
