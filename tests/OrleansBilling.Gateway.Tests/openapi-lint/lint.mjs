// Checks an OpenAPI document with Redocly's recommended rules and Spectral's oas rules. Prints one line per finding, warnings
// included. Exits with 1 if there is one.
import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectral from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import rulesets from "@stoplight/spectral-rulesets";

const source = readFileSync(process.argv[2], "utf8");
let findings = 0;

function report(tool, rule, where, message) {
  findings++;
  console.log(`${tool} ${rule} at ${where}: ${message}`);
}

const redocly = await lintFromString({ source, config: await createConfig({ extends: ["recommended"] }) });
for (const problem of redocly) report("redocly", problem.ruleId, problem.location[0]?.pointer, problem.message);

const linter = new spectral.Spectral();
linter.setRuleset({ extends: [[rulesets.oas, "recommended"]] });
const results = await linter.run(new spectral.Document(source, parsers.Json, "openapi.json"));
for (const result of results) report("spectral", result.code, `/${result.path.join("/")}`, result.message);

console.log(`${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
