#!/usr/bin/env python3
"""A whole detector for proofmark: every sentence with a share or an amount of money is a claim.

Begin one of your own from this. It hears one JSON object a line and answers with one;
docs/detectors.md tells all that can be said. It needs nothing but Python 3.9.
"""
import json
import re
import sys

# What this desk wants to see. Who changes it changes the version below: proofmark then knows
# that the answers it has kept are old.
FIGURE = re.compile(r"\d ?(%|per ?cent\b|(million|billion|crowns|euros?|dollars?)\b)|[$€£] ?\d")
# A sentence without the stop at its end, as a claim is shown.
SENTENCE = re.compile(r"([\w$€£].*?)(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.MULTILINE)
HELLO = {"name": "house rules", "version": "1", "answers": ["claims"], "sends": "nothing"}


def claims(text):
    for sentence in SENTENCE.finditer(text):
        if FIGURE.search(sentence[1]):
            # The words as they stand, and some that stand before them: so the right place is
            # found where the same words stand twice.
            before = text[max(0, sentence.start() - 60) : sentence.start()]
            why = "our rule: look up every share and every amount"
            yield {"quote": sentence[1], "before": before, "kinds": ["quantity"], "priority": 0.7, "why": why}


# Bytes, because lines are UTF-8 whatever the locale says. The end of input ends the loop and
# with it the program, as it should.
for line in sys.stdin.buffer:
    asked = said = None
    try:
        asked = json.loads(line)
        if "hello" in asked:
            said = HELLO
        elif "article" in asked:
            said = {"id": asked["id"], "claims": list(claims(asked["article"]["text"]))}
        # {"cancel": …} needs nothing here: the answer was out before it could be read.
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        print(f"not understood: {problem!r}", file=sys.stderr)  # goes to proofmark's log
        if isinstance(asked, dict) and "id" in asked:
            said = {"id": asked["id"], "error": f"not understood: {problem!r}"}
    if said:
        print(json.dumps(said), flush=True)  # what is not flushed is not heard
