// Judges W3C collections: node judge_w3c.js EXPORT.json...
//
// validate-web-annotation: every annotation alone, by the JSON Schema of the model.
// jsonld: the whole as JSON-LD, with the terms of anno.jsonld that are written here; nothing is
// fetched, nothing may be dropped, and compacted again it is what it was.
// @vocabulary: every class, property and motivation is in the vocabulary it is of, and what the
// Web Annotation Vocabulary says of domains and ranges holds.
const fs = require("fs");
const path = require("path");
const missing = [];
const need = (name) => {
  try {
    return require(name);
  } catch {
    missing.push(name);
    return null;
  }
};
const validate = need("validate-web-annotation");
const jsonld = need("jsonld");
const VOCABULARIES = {
  oa: "http://www.w3.org/ns/oa#",
  as: "http://www.w3.org/ns/activitystreams#",
  dcterms: "http://purl.org/dc/terms/",
  dc11: "http://purl.org/dc/elements/1.1/",
  foaf: "http://xmlns.com/foaf/0.1/",
};
const quads = {};
for (const name of Object.keys(VOCABULARIES)) {
  const places = [path.join(__dirname, "node_modules"), ...(process.env.NODE_PATH || "").split(path.delimiter)];
  const file = places.map((place) => path.join(place, "@vocabulary", name, `${name}.nq`)).find((place) => fs.existsSync(place));
  // anno.jsonld writes the vocabulary of Activity Streams with http, and that itself with https.
  if (file) quads[name] = fs.readFileSync(file, "utf8").replaceAll("<https://www.w3.org/ns/", "<http://www.w3.org/ns/").split("\n").map((line) => line.match(/^<([^>]+)> <([^>]+)> <([^>]+)>/)).filter(Boolean);
  else missing.push(`@vocabulary/${name}`);
}
if (missing.length) {
  console.error(`NOT INSTALLED: ${missing.join(", ")} (npm install): NOTHING WAS JUDGED`);
  process.exit(1);
}
const counts = {};
const failures = [];
const check = (rule, holds, what) => {
  counts[rule] = (counts[rule] || 0) + 1;
  if (!holds) failures.push(`FAIL ${rule}: ${what}`);
};

// The terms of http://www.w3.org/ns/anno.jsonld, by the vocabulary they are of.
const XSD = "http://www.w3.org/2001/XMLSchema#";
const context = { ...VOCABULARIES, dc: VOCABULARIES.dc11, rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#", schema: "http://schema.org/", xsd: XSD, id: "@id", type: "@type" };
const terms = (words, more = {}) => {
  for (const word of words.trim().split(/\s+/)) {
    const [term, iri] = word.split("=");
    context[term] = { "@id": iri.endsWith(":") ? iri + term : iri, ...more };
  }
};
terms(`Annotation=oa: TextualBody=oa: ResourceSelection=oa: SpecificResource=oa: FragmentSelector=oa: CssSelector=oa:
  XPathSelector=oa: TextQuoteSelector=oa: TextPositionSelector=oa: DataPositionSelector=oa: SvgSelector=oa:
  RangeSelector=oa: TimeState=oa: HttpRequestState=oa: CssStylesheet=oa:CssStyle Choice=oa: Person=foaf:
  Software=as:Application Organization=foaf: AnnotationCollection=as:OrderedCollection
  AnnotationPage=as:OrderedCollectionPage Audience=schema: Motivation=oa:`);
terms(`assessing=oa: bookmarking=oa: classifying=oa: commenting=oa: describing=oa: editing=oa: highlighting=oa:
  identifying=oa: linking=oa: moderating=oa: questioning=oa: replying=oa: tagging=oa:`);
terms(`body=oa:hasBody target=oa:hasTarget source=oa:hasSource selector=oa:hasSelector state=oa:hasState
  scope=oa:hasScope refinedBy=oa: startSelector=oa:hasStartSelector endSelector=oa:hasEndSelector renderedVia=oa:
  creator=dcterms: generator=as: rights=dcterms: homepage=foaf: via=oa: canonical=oa: stylesheet=oa:styledBy
  cached=oa:cachedSource conformsTo=dcterms: partOf=as: first=as: last=as: next=as: prev=as: audience=schema:`, { "@type": "@id" });
terms("items=as:", { "@type": "@id", "@container": "@list" });
terms("motivation=oa:motivatedBy purpose=oa:hasPurpose textDirection=oa:", { "@type": "@vocab" });
terms("created=dcterms: modified=dcterms: generated=dcterms:issued", { "@type": "xsd:dateTime" });
terms("start=oa: end=oa: startIndex=as: total=as:totalItems", { "@type": "xsd:nonNegativeInteger" });
terms(`accessibility=schema:accessibilityFeature bodyValue=oa: format=dc: language=dc: processingLanguage=oa: value=rdf:
  exact=oa: prefix=oa: suffix=oa: styleClass=oa: name=foaf: email=foaf:mbox email_sha1=foaf:mbox_sha1sum nickname=foaf:nick
  label=rdfs:`);
const ANNO = "http://www.w3.org/ns/anno.jsonld";
const documentLoader = async (url) => {
  if (url !== ANNO) throw new Error(`nothing is fetched: ${url}`);
  return { contextUrl: null, documentUrl: url, document: { "@context": context } };
};

// What the vocabularies say.
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const defined = new Set(["http://www.w3.org/1999/02/22-rdf-syntax-ns#value", `${RDFS}label`]);
const said = { domain: {}, range: {}, subClassOf: {} };
for (const lines of Object.values(quads)) {
  for (const [, subject, predicate, object] of lines) {
    defined.add(subject);
    const what = predicate.startsWith(RDFS) && predicate.slice(RDFS.length);
    if (said[what]) (said[what][subject] = said[what][subject] || []).push(object);
  }
}
const above = (kind) => [kind, ...(said.subClassOf[kind] || []).flatMap(above)];
const kindsOf = (thing) => (thing["@type"] || []).flatMap(above);

// Counts the keys and values of a thing; lists of JSON-LD are arrays of JSON.
const size = (thing) => {
  if (Array.isArray(thing)) return thing.reduce((sum, one) => sum + size(one), 0);
  if (!thing || typeof thing !== "object") return 1;
  if ("@value" in thing) return 1;
  if ("@list" in thing) return size(thing["@list"]);
  const keys = Object.keys(thing).filter((key) => key !== "@context");
  // `{"@id": …}` alone is what a text is in JSON.
  if (keys.length === 1 && keys[0] === "@id") return 1;
  return keys.reduce((sum, key) => sum + 1 + size(thing[key]), 0);
};
const gather = (thing, found) => {
  if (Array.isArray(thing)) return thing.forEach((one) => gather(one, found));
  if (!thing || typeof thing !== "object") return undefined;
  if ("@list" in thing) return gather(thing["@list"], found);
  if ("@value" in thing) return undefined;
  if (Object.keys(thing).length > 1 || !("@id" in thing)) found.push(thing);
  return Object.entries(thing).forEach(([key, value]) => key.startsWith("@") || gather(value, found));
};

(async () => {
  for (const file of process.argv.slice(2)) {
    const name = path.basename(file);
    const whole = JSON.parse(fs.readFileSync(file, "utf8"));
    for (const item of (whole.first && whole.first.items) || []) {
      // Alone an annotation needs the context that it has from its collection.
      // The schema takes a day where the model asks for a time, so it is given the days.
      const alone = { "@context": whole["@context"], ...item };
      for (const key of ["created", "modified"]) {
        if (key in alone) alone[key] = String(alone[key]).slice(0, 10);
      }
      check("validate-web-annotation takes the annotation", validate(alone), JSON.stringify(item).slice(0, 600));
    }
    let expanded;
    try {
      expanded = await jsonld.expand(whole, { documentLoader, safe: true });
      check("jsonld expands it in safe mode", true);
    } catch (error) {
      check("jsonld expands it in safe mode", false, `${name}: ${error.message} ${JSON.stringify(error.details || {}).slice(0, 400)}`);
      continue;
    }
    check("expanded, nothing is dropped", size(expanded) === size(whole), `${name}: ${size(expanded)} of ${size(whole)}`);
    const again = await jsonld.compact(expanded, ANNO, { documentLoader, safe: true });
    // Arrays of one and lists in another form are the same.
    const plain = (thing) => {
      if (Array.isArray(thing)) return thing.length === 1 ? plain(thing[0]) : thing.map(plain);
      if (thing && typeof thing === "object") return Object.fromEntries(Object.keys(thing).sort().map((key) => [key, plain(thing[key])]));
      return thing;
    };
    check("compacted again it is what it was", JSON.stringify(plain(again)) === JSON.stringify(plain(whole)), name);
    const found = [];
    gather(expanded, found);
    for (const thing of found) {
      const where = `${name}: ${thing["@id"] || JSON.stringify(thing).slice(0, 120)}`;
      for (const kind of thing["@type"] || []) check("a class is in its vocabulary", defined.has(kind), `${where}: ${kind}`);
      for (const [property, values] of Object.entries(thing)) {
        if (property.startsWith("@")) continue;
        check("a property is in its vocabulary", defined.has(property), `${where}: ${property}`);
        if (!property.startsWith(VOCABULARIES.oa)) continue;
        for (const domain of said.domain[property] || []) check("a thing is of the class that its properties are for", kindsOf(thing).includes(domain), `${where}: ${property} is for ${domain}`);
        for (const value of values) {
          if (property.endsWith("motivatedBy") || property.endsWith("hasPurpose")) check("a motivation is in the vocabulary", (value["@id"] || "").startsWith(VOCABULARIES.oa) && defined.has(value["@id"]), `${where}: ${value["@id"]}`);
          for (const range of said.range[property] || []) {
            if (range.startsWith(VOCABULARIES.oa) && !range.endsWith("Motivation") && value["@type"] && !("@value" in value)) check("a value is of the class that its property asks for", kindsOf(value).includes(range), `${where}: ${property} asks for ${range}`);
          }
        }
      }
    }
    let rdf = [];
    try {
      rdf = await jsonld.toRDF(expanded, { safe: true });
      check("jsonld makes RDF of it in safe mode", true);
    } catch (error) {
      check("jsonld makes RDF of it in safe mode", false, `${name}: ${error.message} ${JSON.stringify(error.details || {}).slice(0, 400)}`);
      continue;
    }
    check("as RDF every annotation is one", new Set(rdf.filter((q) => q.object.value === `${VOCABULARIES.oa}Annotation`).map((q) => q.subject.value)).size === ((whole.first && whole.first.items) || []).length, name);
    for (const { object } of rdf) {
      const type = object.datatype && object.datatype.value.startsWith(XSD) && object.datatype.value.slice(XSD.length);
      if (type === "dateTime") check("as RDF a time is one", !Number.isNaN(Date.parse(object.value)) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(object.value), `${name}: ${object.value}`);
      if (type === "nonNegativeInteger") check("as RDF a number is one from 0 up", /^\d+$/.test(object.value), `${name}: ${object.value}`);
    }
  }
  for (const line of failures.slice(0, 60)) console.log(line);
  if (failures.length > 60) console.log(`... and ${failures.length - 60} more`);
  for (const [rule, count] of Object.entries(counts)) console.log(`     ${String(count).padStart(6)} ${rule}`);
  const checks = Object.values(counts).reduce((a, b) => a + b, 0);
  console.log(`w3c: validate-web-annotation, jsonld ${require("jsonld/package.json").version}, vocabularies: ${checks} checks, ${failures.length} failures`);
  process.exit(failures.length || !checks ? 1 : 0);
})();
