// Judges reports and call sheets in Markdown with remark (CommonMark): nothing of an article may
// have become markup: node judge_markdown.js FILE.md...
const fs = require("fs");
(async () => {
  let parse;
  try {
    const { unified } = await import("unified");
    const remark = (await import("remark-parse")).default;
    parse = (text) => unified().use(remark).parse(text);
  } catch (error) {
    console.error(`NOT INSTALLED: remark-parse, unified (npm install remark): NOTHING WAS JUDGED: ${error.message}`);
    process.exit(1);
  }
  let checks = 0;
  let failures = 0;
  const check = (rule, holds, what) => {
    checks += 1;
    if (!holds) {
      failures += 1;
      console.log(`FAIL ${rule}: ${what}`);
    }
  };
  for (const file of process.argv.slice(2)) {
    const text = fs.readFileSync(file, "utf8");
    let depth = 0;
    const walk = (node, inside) => {
      const at = `${file}:${node.position && node.position.start.line}: ${JSON.stringify(node.value || node.url || (node.children && node.children[0] && node.children[0].value) || "").slice(0, 120)}`;
      check("there is no HTML", node.type !== "html", at);
      check("there is no image", !node.type.startsWith("image"), at);
      check("there is no code and no definition", !["code", "inlineCode", "definition", "footnoteDefinition"].includes(node.type), at);
      if (node.type === "emphasis") check("emphasis stands nowhere", false, at);
      if (node.type === "strong") check("strong words are labels", inside.includes("listItem"), at);
      if (node.type === "link") check("a link is an address of the web that is shown", /^https?:\/\//.test(node.url) && node.children.map((c) => c.value).join("").length > 0, at);
      if (node.type === "heading") {
        check("headings go one level deeper at most", node.depth <= depth + 1, at);
        depth = node.depth;
      }
      if (node.type === "text") check("nothing unseen and no control stands in the text", !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.test(node.value), at);
      for (const child of node.children || []) walk(child, [...inside, node.type]);
    };
    walk(parse(text), []);
  }
  console.log(`markdown: remark: ${checks} checks, ${failures} failures`);
  process.exit(failures || !checks ? 1 : 0);
})();
