// Validates every object in the given files against the schema of its kind. Prints one line per object. Exits with 1 if an
// object does not fit its schema or its kind is unknown.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

let faults = 0;
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { uniqueKeys: true })) {
    const object = document.toJS();
    const name = `${file}: ${object?.apiVersion} ${object?.kind} ${object?.metadata?.name}`;
    try {
      if (document.errors.length > 0) throw document.errors[0];
      const models = await import(`kubernetes-models/${object.apiVersion}`);
      if (!models[object.kind]) throw new Error("There is no such kind.");
      new models[object.kind](object).validate();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`not ok ${name}: ${error.message}`);
      faults++;
    }
  }
}
process.exit(faults === 0 ? 0 : 1);
