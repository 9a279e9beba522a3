"""Judges ClaimReviews with SHACL: python judge_claimreview.py PAGE EXPORT.json...

PAGE is the address of the page that shows the checks, without what stands behind `#`. The shapes are
in claimreview.shapes.ttl; pyshacl judges the RDF that rdflib reads from the JSON-LD. The few rules of
Google's guide that no shape can say are here. Nothing is fetched.
"""

import json
import logging
import sys
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from tally import Tally, need, version

pyshacl = need("pyshacl")
rdflib = need("rdflib", "pyshacl")
tally = Tally(f"claimreview: {version('pyshacl')} over the shapes of Google's guide")
check = tally.check
SCHEMA = rdflib.Namespace("http://schema.org/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
# What schema.org's context says of the words of a ClaimReview.
DATE = {"@type": "schema:Date"}
IRI = {"@type": "@id"}
CONTEXT = {"@vocab": SCHEMA, "schema": SCHEMA, "url": IRI, "sameAs": IRI, "datePublished": DATE, "dateCreated": DATE, "dateModified": DATE}
# rdflib would say of a date that it knows no such type.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def subclasses(graph):
    """The few classes above those that are used."""
    for under, above in (("NewsArticle", "CreativeWork"),):
        graph.add((SCHEMA[under], rdflib.RDFS.subClassOf, SCHEMA[above]))
    return graph


def reviews_of(whole):
    if isinstance(whole, list):
        return whole
    return [review for element in whole["dataFeedElement"] for review in element["item"]]


def judge(name, page):
    whole = json.loads(Path(name).read_text(encoding="utf-8"))
    reviews = reviews_of(whole)
    check("there is something to judge", bool(reviews), name)
    for thing in whole if isinstance(whole, list) else [whole]:
        check("the context is schema.org's", thing.get("@context") in ("https://schema.org", "http://schema.org"), str(thing.get("@context")))
        thing["@context"] = CONTEXT
    graph = rdflib.Graph()
    graph.parse(data=json.dumps(whole), format="json-ld")
    found = set(graph.subjects(rdflib.RDF.type, SCHEMA.ClaimReview))
    check("the RDF has as many reviews", len(found) == len(reviews), f"{name}: {len(found)} for {len(reviews)}")
    shapes = rdflib.Graph().parse(Path(__file__).with_name("claimreview.shapes.ttl"), format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=subclasses(rdflib.Graph()), advanced=False, meta_shacl=True)
    wrong, hints = {}, {}
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        shape = results.value(result, SH.sourceShape)
        rule = str(shapes.value(shape, SH.name) or results.value(result, SH.resultPath) or shape)
        node, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        if results.value(result, SH.resultSeverity) == SH.Warning:
            hints[rule] = hints.get(rule, 0) + 1
        else:
            which = graph.value(node, SCHEMA.url) or graph.value(graph.value(None, SCHEMA.reviewRating, node), SCHEMA.url)
            wrong.setdefault(rule, {})[node] = f"{name}: {which}: {value!r}: {results.value(result, SH.resultMessage)}"
    for target in shapes.objects(None, SH.targetClass):
        nodes = set(graph.subjects(rdflib.RDF.type, target))
        for shape in shapes.subjects(SH.targetClass, target):
            for rule in {str(shapes.value(one, SH.name)) for one in shapes.objects(shape, SH.property) if shapes.value(one, SH.severity) is None}:
                for node in nodes:
                    check(f"a {target.rsplit('/', 1)[-1]} has a right {rule}", node not in wrong.get(rule, {}), wrong.get(rule, {}).get(node, ""))
    for rule, count in hints.items():
        tally.note(f"{name}: recommended, and not so: {rule} ×{count}")
    seen = {}
    for review in reviews:
        url, rating = review.get("url", ""), review.get("reviewRating", {})
        check("of several reviews each has an address of its own", url not in seen, f"{name}: {url}: {review.get('claimReviewed', '')[:60]!r} and {seen.get(url, '')[:60]!r}")
        seen[url] = review.get("claimReviewed", "")
        check("the address leads into the page, at an anchor if there are several reviews", urldefrag(url)[0] == page and (len(reviews) == 1 or urldefrag(url)[1] != ""), f"{name}: {url}")
        check("the address is on the domain of the page", urlsplit(url).netloc == urlsplit(page).netloc, f"{name}: {url}")
        check("who reviews is not who claimed", review.get("author", {}).get("name") != review.get("itemReviewed", {}).get("author", {}).get("name"), f"{name}: {url}")
        ratings.setdefault(rating.get("ratingValue"), set()).add(rating.get("alternateName"))
        check("all reviews have one scale", scale.setdefault("of all", (rating.get("worstRating"), rating.get("bestRating"))) == (rating.get("worstRating"), rating.get("bestRating")), f"{name}: {rating}")


if len(sys.argv) < 3:
    sys.exit(__doc__)
ratings, scale = {}, {}
for export in sys.argv[2:]:
    judge(export, sys.argv[1])
for value, names in ratings.items():
    check("a figure says one thing in words", len(names) == 1, f"{value}: {sorted(map(str, names))}")
tally.done()
