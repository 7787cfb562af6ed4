/**
 * Another process at the same ledger: `node ledger-process.js <file> write|add <count>`.
 * `write` commits row after row and prints each number once it is committed; `add` adds to one counter.
 */
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => {
  const options = {
    jsc: { target: "es2023", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
    swcrc: false,
  };
  // oxlint-disable-next-line no-underscore-dangle -- the name is Node's.
  module._compile(transformFileSync(file, options).code, file);
};

const { openSqliteLedger } = require("../../adapters/ledger/sqlite.ts");

async function main([file, what, count]) {
  const ledger = openSqliteLedger({ file, env: {} });
  // Both begin together, whenever each of them is ready.
  process.stdout.write("ready\n");
  while (!(await ledger.read("p", "go"))) await new Promise(setImmediate);
  for (let done = 0; done < Number(count); ) {
    if (what === "write") {
      await ledger.commit("p", [{ put: `row/${done}`, value: { done } }]);
      process.stdout.write(`${done}\n`);
      done++;
    } else {
      const row = await ledger.read("p", "counter");
      const write = {
        put: "counter",
        value: { count: (row?.value.count ?? 0) + 1 },
        ifVersion: row?.version ?? null,
      };
      if ((await ledger.commit("p", [write])) === "committed") done++;
    }
  }
  await ledger.close();
}

void main(process.argv.slice(2));
