// Judges pages with html-validate, the Nu checker, axe-core, the keyboard and print:
//   node judge_html.js [--shots FOLDER] FILE.html...
// CHROMIUM names the browser where PATH does not lead to one.
const crypto = require("crypto");
const fs = require("fs");
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
const puppeteer = need("puppeteer-core");
const axe = need("axe-core");
const htmlValidate = need("html-validate");
const found = need("vnu-jar");
const jar = found && String(found);
if (found && !fs.existsSync(jar)) missing.push("the jar of vnu-jar");
const onPath = (name) => (process.env.PATH || "").split(path.delimiter).map((f) => path.join(f, name)).find((f) => fs.existsSync(f));
const browserPath = process.env.CHROMIUM || ["chromium", "chromium-browser", "google-chrome", "chrome"].map(onPath).find(Boolean);
if (!browserPath || !fs.existsSync(browserPath)) missing.push("a browser (set CHROMIUM)");
if (missing.length) {
  console.error(`NOT INSTALLED: ${missing.join(", ")}: NOTHING WAS JUDGED`);
  process.exit(1);
}
const files = process.argv.slice(2);
let shots = null;
if (files[0] === "--shots") {
  shots = files[1];
  files.splice(0, 2);
  fs.mkdirSync(shots, { recursive: true });
}
const counts = {};
const failures = [];
const check = (rule, holds, what) => {
  counts[rule] = (counts[rule] || 0) + 1;
  if (!holds) failures.push(`FAIL ${rule}: ${what}`);
};
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  ["phone", 390, 844, "light", "screen"],
  ["phone-320", 320, 640, "light", "screen"],
  ["laptop", 1366, 900, "light", "screen"],
  ["laptop-dark", 1366, 900, "dark", "screen"],
  ["print", 794, 1123, "light", "print"],
];

(async () => {
  const validator = new htmlValidate.HtmlValidate({ extends: ["html-validate:standard"], rules: { "no-inline-style": "off" } });
  const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox"], headless: true });
  for (const file of files) {
    const name = path.basename(file);
    const source = fs.readFileSync(file, "utf8");
    const report = await validator.validateString(source, file);
    const messages = report.results.flatMap((r) => r.messages);
    check("html-validate finds nothing", messages.length === 0, `${name}: ${messages.length}`);
    const rules = {};
    for (const m of messages) (rules[m.ruleId] = rules[m.ruleId] || []).push(m);
    for (const [rule, of] of Object.entries(rules)) failures.push(`     ${rule} ×${of.length}, line ${of[0].line}: ${of[0].message}`);
    const nu = spawnSync("java", ["-jar", jar, "--format", "json", "--stdout", file], { encoding: "utf8", maxBuffer: 1 << 26 });
    if (nu.error || !nu.stdout.startsWith("{")) {
      failures.push(`FAIL NOT INSTALLED: java, which the Nu checker needs: ${nu.error || nu.stderr.slice(0, 200)}`);
    } else {
      const found = JSON.parse(nu.stdout).messages;
      const errors = found.filter((m) => m.type === "error");
      check("the Nu checker finds no error", errors.length === 0, `${name}: ${errors.slice(0, 5).map((m) => `${m.lastLine}: ${m.message} ${m.extract || ""}`).join(" | ")}`);
      const other = new Set(found.filter((m) => m.type !== "error").map((m) => m.message.slice(0, 160)));
      for (const m of [...other].slice(0, 5)) console.log(`NOTE ${name}: Nu: ${m}`);
    }
    check("nothing is loaded from elsewhere", !/<(?:script|img|link|iframe|audio|video|source|object|embed)\b[^>]*\b(?:src|href|data)=["']?(?:https?:)?\/\//i.test(source), name);
    const policy = (source.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/) || ["", ""])[1];
    check("a policy allows nothing but what it names", policy.includes("default-src 'none'") && !policy.includes("unsafe"), `${name}: ${policy}`);
    for (const [, tag, inside] of source.matchAll(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1>/g)) {
      const digest = crypto.createHash("sha256").update(inside).digest("base64");
      check("a script or style is one that the policy names", policy.includes(`'sha256-${digest}'`), `${name}: <${tag}>`);
    }
    const outside = source.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
    check("no attribute holds a script or a style", !/<[a-z][^<>]*\s(?:on[a-z]+|style)\s*=/i.test(outside), `${name}: ${(outside.match(/<[a-z][^<>]*\s(?:on[a-z]+|style)\s*=.{0,60}/i) || [])[0]}`);
    check("no address runs a script", !/\b(?:href|src)\s*=\s*["']?\s*(?:javascript|data|vbscript):/i.test(source), name);
    for (const [view, width, height, scheme, media] of VIEWS) {
      const page = await browser.newPage();
      const wrong = [];
      page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
      page.on("pageerror", (e) => wrong.push(String(e)));
      await page.setBypassCSP(true);
      await page.setViewport({ width, height, deviceScaleFactor: 1 });
      await page.emulateMediaType(media);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(`file://${path.resolve(file)}`);
      check("the browser tells no error", wrong.length === 0, `${name} ${view}: ${wrong[0]}`);
      const wide = await page.evaluate(() => {
        const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
        return [document.documentElement.scrollWidth, innerWidth, over.slice(0, 2).map((e) => e.outerHTML.slice(0, 120))];
      });
      check("no page is wider than its window", wide[0] <= wide[1], `${name} ${view}: ${wide[0]} > ${wide[1]} ${wide[2].join(" | ")}`);
      const broken = await page.evaluate(() => {
        const range = document.createRange();
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode;
          for (const word of node.data.matchAll(/[\p{Script=Latin}]{3,14}/gu)) {
            const before = node.data.slice(0, word.index).match(/\S*$/)[0];
            const behind = node.data.slice(word.index).match(/^\S*/)[0];
            // Addresses may be broken anywhere.
            if (/[/@_]|\w[.#-]\w/.test(before + behind)) continue;
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].filter((r) => r.width).map((r) => Math.round(r.top)));
            if (lines.size > 1) found.push(`${word[0]} in <${node.parentNode.localName}>`);
          }
        }
        return found;
      });
      check("no word of 3 to 14 letters is broken over lines", broken.length === 0, `${name} ${view}: ${broken.length} words, as ${broken.slice(0, 4).join(", ")}`);
      if (media === "print") {
        const cut = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible").map((e) => `${e.outerHTML.slice(0, 60)} ${e.scrollWidth} > ${e.clientWidth}`));
        check("nothing is cut off on paper", cut.length === 0, `${name}: ${cut.length}, as ${cut[0]}`);
      }
      if (shots) await page.screenshot({ path: path.join(shots, `${name}-${view}.png`), fullPage: view !== "laptop-dark" });
      if (media === "screen") {
        await page.evaluate(axe.source);
        const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), TAGS);
        check("axe-core finds nothing", found.violations.length === 0, `${name} ${view}: ${found.violations.map((v) => `${v.id} (${v.impact}) ×${v.nodes.length}: ${v.nodes[0].html.slice(0, 140)} ${v.nodes[0].failureSummary.slice(0, 160)}`).join(" | ")}`);
        counts["axe-core rules passed"] = (counts["axe-core rules passed"] || 0) + found.passes.length;
        for (const i of found.incomplete) console.log(`NOTE ${name} ${view}: axe-core cannot tell: ${i.id} ×${i.nodes.length} ${i.nodes[0].html.slice(0, 100)}`);
      }
      if (view === "laptop" || view === "phone") {
        const wanted = await page.evaluate(() => {
          const able = [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex]")].filter((e) => e.tabIndex >= 0 && e.getClientRects().length && !e.disabled);
          able.forEach((e, i) => { e.dataset.judged = i; });
          return able.length;
        });
        let last = -1;
        let reached = 0;
        let unseen = "";
        let order = "";
        for (let step = 0; step < wanted; step += 1) {
          await page.keyboard.press("Tab");
          const at = await page.evaluate(() => {
            const e = document.activeElement;
            const s = getComputedStyle(e);
            const b = e.getBoundingClientRect();
            return { index: e === document.body ? -1 : Number(e.dataset.judged), html: e.outerHTML.slice(0, 100), ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none", inside: b.bottom > 0 && b.top < innerHeight };
          });
          if (at.index < 0) break;
          reached += 1;
          if (at.index !== last + 1 && !order) order = `${at.index} after ${last}: ${at.html}`;
          if ((!at.ring || !at.inside) && !unseen) unseen = at.html;
          last = at.index;
        }
        check("Tab reaches everything that takes the keyboard", reached === wanted, `${name} ${view}: ${reached} of ${wanted}`);
        check("Tab goes in the order of the page", !order, `${name} ${view}: ${order}`);
        check("what has the focus is seen and marked", !unseen, `${name} ${view}: ${unseen}`);
      }
      if (media === "print") {
        const pdf = path.join(shots || require("os").tmpdir(), `${name}.pdf`);
        await page.pdf({ path: pdf, format: "A4", printBackground: false });
        const bytes = fs.readFileSync(pdf).toString("latin1");
        const pages = (bytes.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
        check("the page prints", pages > 0, `${name}: ${pages} pages`);
        console.log(`NOTE ${name}: prints on ${pages} pages of A4`);
      }
      await page.close();
    }
    const links = [...source.matchAll(/href="#([^"]*)"/g)].map((m) => m[1]);
    for (const link of new Set(links)) check("a link inside the page leads somewhere", source.includes(`id="${link}"`), `${name}: #${link}`);
  }
  await browser.close();
  for (const line of failures) console.log(line);
  for (const [rule, count] of Object.entries(counts)) console.log(`     ${String(count).padStart(6)} ${rule}`);
  const versions = [`html-validate ${require("html-validate/package.json").version}`, `axe-core ${axe.version}`].join(", ");
  console.log(`html: ${versions}, Nu checker: ${Object.values(counts).reduce((a, b) => a + b, 0)} checks, ${failures.length} failures`);
  process.exit(failures.length || !files.length ? 1 : 0);
})();
