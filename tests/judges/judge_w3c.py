"""Judges W3C Web Annotation collections: python judge_w3c.py EXPORT.json... TEXT...

The rules are the MUSTs of the Web Annotation Data Model (Recommendation of 2017) that apply to
collections, pages, annotations, bodies, targets and selectors, written as checks. Every
TextPositionSelector is cut out of its text (files that are no .json, told by digest or by words).
"""

import datetime
import hashlib
import json
import re
import sys

from tally import Tally

tally = Tally("w3c: rules of the Recommendation")
check = tally.check

# Terms of http://www.w3.org/ns/anno.jsonld.
TERMS = set("""@context id type value exact prefix suffix styleClass name email email_sha1 nickname
homepage conformsTo label via canonical start end startIndex total created modified generated
creator generator body target source selector state scope refinedBy startSelector endSelector
renderedVia cached purpose motivation stylesheet format language processingLanguage textDirection
accessibility audience rights items partOf first last next prev bodyValue sourceDate
sourceDateStart sourceDateEnd""".split())
MOTIVATIONS = set("""assessing bookmarking classifying commenting describing editing highlighting
identifying linking moderating questioning replying tagging""".split())
IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*$")
URN = re.compile(r"^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:.+")


def iri(value, where):
    check("an id, source or reference is one absolute IRI", isinstance(value, str) and bool(IRI.match(value)), f"{where}: {value!r}")
    if isinstance(value, str) and value.startswith("urn:"):
        check("a urn has a name space and a name", bool(URN.match(value)), value)
    if isinstance(value, str) and "#" in value:
        check("an IRI has one fragment at most", value.count("#") == 1, value)


def moment(value, where):
    ok = isinstance(value, str) and bool(re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", value))
    if ok:
        try:
            datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            ok = False
    check("a time is one xsd:dateTime in UTC", ok, f"{where}: {value!r}")


def listed(value):
    return value if isinstance(value, list) else [value]


def has_type(thing, name):
    return isinstance(thing, dict) and name in listed(thing.get("type"))


def terms(thing, where):
    if isinstance(thing, dict):
        for key, value in thing.items():
            check("a key is a term of the context", key in TERMS, f"{where}: {key}")
            check("no value is null or an empty list", value is not None and value != [], f"{where}: {key}")
            terms(value, where)
    elif isinstance(thing, list):
        for value in thing:
            terms(value, where)


def about(thing, where):
    """What annotations, bodies, collections and pages have alike."""
    for key in ("created", "modified", "generated"):
        if key in thing:
            moment(thing[key], where)
    if "created" in thing and "modified" in thing:
        check("modified is not before created", thing["created"] <= thing["modified"], where)
    for key in ("creator", "generator", "audience"):
        for agent in listed(thing.get(key, [])):
            if isinstance(agent, str):
                iri(agent, where)
                continue
            check("an agent has a type and at most one nickname", isinstance(agent.get("type"), str) and not isinstance(agent.get("nickname"), list), where)
            if "name" in agent:
                check("an agent's name is text", all(isinstance(n, str) and n for n in listed(agent["name"])), where)
            if "id" in agent:
                iri(agent["id"], where)
    for key in ("rights", "canonical", "via"):
        for value in listed(thing.get(key, [])):
            iri(value, where)


def selector(one, where):
    check("a selector has a type", isinstance(one.get("type"), str), where)
    if one["type"] == "TextPositionSelector":
        ok = all(isinstance(one.get(k), int) and not isinstance(one.get(k), bool) and one[k] >= 0 for k in ("start", "end"))
        check("a TextPositionSelector has exactly one start and end, none negative", ok, f"{where}: {one}")
        check("its end is behind its start", ok and one["start"] < one["end"], f"{where}: {one}")
    elif one["type"] == "TextQuoteSelector":
        check("a TextQuoteSelector has exactly one exact, and at most one prefix and suffix", isinstance(one.get("exact"), str) and all(isinstance(one.get(k, ""), str) for k in ("prefix", "suffix")), where)
    else:
        check("a selector is one that is known", False, f"{where}: {one['type']}")


def specific(thing, where):
    check("a specific resource has exactly one source", isinstance(thing.get("source"), (str, dict)), where)
    if isinstance(thing.get("source"), str):
        iri(thing["source"], where)
    check("a specific resource has no value and no items", "value" not in thing and "items" not in thing, where)
    for one in listed(thing.get("selector", [])):
        selector(one, where)


def body(thing, where):
    if isinstance(thing, str):
        return iri(thing, where)
    about(thing, where)
    for purpose in listed(thing.get("purpose", [])):
        check("a purpose is a motivation of the model", purpose in MOTIVATIONS, f"{where}: {purpose}")
    if "source" in thing:
        return specific(thing, where)
    if "value" in thing:
        check("a TextualBody has exactly one value that is text", isinstance(thing["value"], str), where)
        check("a TextualBody has its type", has_type(thing, "TextualBody"), where)
        check("a TextualBody has no source and no items", "source" not in thing and "items" not in thing, where)
        check("at most one textDirection, and a known one", thing.get("textDirection", "auto") in ("ltr", "rtl", "auto"), where)
        check("a body says something", thing["value"].strip() != "", f"{where}: {thing}")
        if "format" in thing:
            check("a format is one media type", isinstance(thing["format"], str) and "/" in thing["format"], where)
        return None
    check("a body is a resource, a specific one or a textual one", "id" in thing, f"{where}: {thing}")
    return None


def annotation(one, places):
    where = one.get("id", "?") if isinstance(one, dict) else repr(one)
    check("an annotation has type Annotation", has_type(one, "Annotation"), where)
    iri(one.get("id"), "annotation")
    check("an annotation has one target or more", one.get("target") not in (None, []), where)
    check("an annotation has not both body and bodyValue", not ("body" in one and "bodyValue" in one), where)
    about(one, where)
    for motivation in listed(one.get("motivation", [])):
        check("a motivation is one of the model", motivation in MOTIVATIONS, f"{where}: {motivation}")
    for thing in listed(one.get("body", [])):
        body(thing, where)
    for target in listed(one.get("target", [])):
        if isinstance(target, str):
            iri(target, where)
            continue
        specific(target, where)
        found = {s["type"]: s for s in listed(target.get("selector", [])) if isinstance(s, dict)}
        place, quote = found.get("TextPositionSelector"), found.get("TextQuoteSelector")
        if place and quote:
            places.setdefault(target["source"], []).append((where, place, quote))


def fits(text, places):
    wrong = []
    for where, place, quote in places:
        start, end = place["start"], place["end"]
        exact, prefix, suffix = quote["exact"], quote.get("prefix", ""), quote.get("suffix", "")
        if text[start:end] != exact:
            wrong.append(f"{where}: {text[start:end]!r} is not {exact!r}")
        elif text[:start][-len(prefix):] != prefix and prefix:
            wrong.append(f"{where}: prefix {prefix!r}")
        elif text[end:end + len(suffix)] != suffix:
            wrong.append(f"{where}: suffix {suffix!r}")
    return wrong


def none_or(thing, key, holds):
    """Whether a key is not there, or is there once with a value for which it holds."""
    value = thing.get(key)
    return key not in thing or holds(value[0] if isinstance(value, list) and len(value) == 1 else value)


def is_iri(value):
    return isinstance(value, str) and bool(IRI.match(value))


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_moment(value):
    return isinstance(value, str) and bool(re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", value))


def is_page(value):
    return is_iri(value) or has_type(value, "AnnotationPage")


def has_context(thing):
    return "http://www.w3.org/ns/anno.jsonld" in listed(thing.get("@context"))


def all_texts(value):
    return value != [] and all(isinstance(one, str) for one in listed(value))


def all_iris(value):
    return all(is_iri(one) for one in listed(value))


def inherited(thing, what, where):
    """What the working group's tests demand of collections and of pages."""
    check(f"MUST 5: {what} has exactly one id that is an IRI", is_iri(thing.get("id")), where)
    check(f"MUST 5: {what}: label, if there, is one text or more", "label" not in thing or all_texts(thing["label"]), where)
    check(f"MUST 5: {what}: total, if there, is one whole number from 0 up", none_or(thing, "total", is_count), where)
    check(f"MUST 5: {what}: first, if there, is one page or its IRI", none_or(thing, "first", is_page), where)
    check(f"MUST 5: {what}: last, if there, is one IRI", none_or(thing, "last", is_iri), where)
    check(f"MUST 3.3.1: {what}: created, if there, is one time", none_or(thing, "created", is_moment), where)
    check(f"MUST 3.3.1: {what}: modified, if there, is one time", none_or(thing, "modified", is_moment), where)
    check(f"MUST 3.3.6: {what}: rights, if there, are IRIs", all_iris(thing.get("rights", [])), where)


def musts_of_collection(whole, where):
    check("MUST 5.1: a collection has the context", has_context(whole), where)
    check("MUST 5.1: a collection has its type", has_type(whole, "AnnotationCollection"), where)
    inherited(whole, "a collection", where)
    check("MUST 5.1: a collection with a total above 0 has exactly one first", not (is_count(whole.get("total")) and whole["total"] > 0) or is_page(whole.get("first")), where)


def musts_of_page(page, collection, where):
    """A page that stands in its collection has the context from there."""
    check("MUST 5.2: a page has the context", has_context(page) or (collection is not None and has_context(collection)), where)
    check("MUST 5.2: a page has its type", has_type(page, "AnnotationPage"), where)
    inherited(page, "a page", where)
    items = page.get("items")
    check("MUST 5.2: a page has a list of one annotation or more, or of their IRIs", isinstance(items, list) and items != [] and all(is_iri(one) or has_type(one, "Annotation") for one in items), where)
    check("MUST 5.2: startIndex, if there, is one whole number from 0 up", none_or(page, "startIndex", is_count), where)
    check("MUST 5.2: partOf, if there, is one collection or its IRI", none_or(page, "partOf", lambda value: is_iri(value) or is_iri((value or {}).get("id"))), where)
    check("MUST 5.2: next, if there, is one IRI", none_or(page, "next", is_iri), where)
    check("MUST 5.2: prev, if there, is one IRI", none_or(page, "prev", is_iri), where)
    if collection is not None:
        last = collection.get("last")
        check("MUST 5.2: a page that is not the last one has a next", last in (None, page.get("id")) or "next" in page, where)


exports = [name for name in sys.argv[1:] if name.endswith(".json")]
texts = []
for name in sys.argv[1:]:
    if not name.endswith(".json"):
        with open(name, encoding="utf-8", newline="") as file:
            texts.append(file.read())
if not exports:
    sys.exit(__doc__)
members = {}
for name in exports:
    with open(name, encoding="utf-8") as file:
        whole = json.load(file)
    check("the context is the one of the model, once", whole.get("@context") == "http://www.w3.org/ns/anno.jsonld", str(whole.get("@context")))
    check("a collection has type AnnotationCollection", has_type(whole, "AnnotationCollection"), name)
    musts_of_collection(whole, name)
    iri(whole.get("id"), "collection")
    about(whole, "collection")
    terms(whole, "collection")
    check("label is text", all(isinstance(l, str) for l in listed(whole.get("label", "x"))), name)
    check("total is one number from 0 up", isinstance(whole.get("total", 0), int) and whole.get("total", 0) >= 0, name)
    check("a collection with annotations has one first page", bool(whole.get("first")) == (whole.get("total", 0) > 0) and not isinstance(whole.get("first"), list), name)
    if "last" in whole:
        iri(whole["last"], "last")
    page = whole.get("first")
    items = []
    if isinstance(page, dict):
        musts_of_page(page, whole, name)
        check("a page has type AnnotationPage", has_type(page, "AnnotationPage"), name)
        iri(page.get("id"), "page")
        check("a page has a list of items", isinstance(page.get("items"), list), name)
        check("partOf is the collection", page.get("partOf", whole["id"]) == whole["id"], str(page.get("partOf")))
        check("startIndex is one number from 0 up", isinstance(page.get("startIndex", 0), int) and page.get("startIndex", 0) >= 0, name)
        check("the only page is the last one and has no next", whole.get("last", page["id"]) == page["id"] and "next" not in page, name)
        items = page["items"]
        check("total counts the items", whole.get("total", len(items)) == len(items), f"{whole.get('total')} for {len(items)}")
    same = members.setdefault(whole.get("id"), (name, [one.get("id") for one in items]))
    check("an id is that of one collection", same[1] == [one.get("id") for one in items], f"{whole.get('id')} with {len(items)} annotations in {name} and {len(same[1])} in {same[0]}")
    places, seen = {}, {}
    for one in items:
        annotation(one, places)
        check("every annotation has an id of its own", one["id"] not in seen, one["id"])
        seen[one["id"]] = one
    for one in items:
        for end in [t for t in listed(one.get("target")) if isinstance(t, str)] + [b["source"] for b in listed(one.get("body", [])) if isinstance(b, dict) and has_type(b, "SpecificResource") and "selector" not in b and str(b.get("source", "")).rsplit(":", 1)[-1].startswith("a-")]:
            check("a link leads to an annotation that is there", end in seen, f"{one['id']}: {end}")
    for source, of_source in places.items():
        digest = re.match(r"^urn:proofmark:t-([0-9a-f]{8})$", source)
        best = None
        for text in texts:
            if digest and not hashlib.sha256(text.encode()).hexdigest().startswith(digest.group(1)):
                continue
            wrong = fits(text, of_source)
            if best is None or len(wrong) < len(best):
                best = wrong
        if best is None:
            check("the text of a source was given to the judge", not texts, source)
            continue
        for _ in range(len(of_source) - len(best)):
            check("the characters from start to end are the exact words, with prefix and suffix", True)
        for what in best:
            check("the characters from start to end are the exact words, with prefix and suffix", False, what)
tally.done()
