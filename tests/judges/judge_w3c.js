// Judges every annotation of W3C collections with validate-web-annotation (JSON Schema of the
// model): node judge_w3c.js EXPORT.json...
const fs = require("fs");
const need = (name) => {
  try {
    return require(name);
  } catch {
    console.error(`NOT INSTALLED: ${name} (npm install ${name}): NOTHING WAS JUDGED`);
    process.exit(1);
  }
};
const validate = need("validate-web-annotation");
let checks = 0;
let failures = 0;
for (const file of process.argv.slice(2)) {
  const whole = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const item of (whole.first && whole.first.items) || []) {
    checks += 1;
    // Alone an annotation needs the context that it has from its collection.
    // The schema takes a day where the model asks for a time, so it is given the days.
    const alone = { "@context": whole["@context"], ...item };
    for (const key of ["created", "modified"]) {
      if (key in alone) alone[key] = String(alone[key]).slice(0, 10);
    }
    if (!validate(alone)) {
      failures += 1;
      console.log(`FAIL the schema: ${JSON.stringify(item).slice(0, 600)}`);
    }
  }
}
console.log(`w3c: validate-web-annotation: ${checks} annotations, ${failures} failures`);
process.exit(failures || !checks ? 1 : 0);
