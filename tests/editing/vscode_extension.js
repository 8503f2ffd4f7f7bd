// node vscode_extension.js FILE: activates an extension of Visual Studio Code outside of it, with the real library of its
// dependencies, and prints as JSON how it would start its server.

const Module = require("module");
const path = require("path");

const file = path.resolve(process.argv[2]);
const SETTINGS = { "stuntbook.command": "stuntbook" };
const workspace = {
  getConfiguration: (section) => ({ get: (name) => SETTINGS[`${section}.${name}`] }),
};
const anything = new Proxy(class {}, { get: (target, name) => (name === "prototype" ? target.prototype : 0) });
const vscode = new Proxy({}, { get: (_, name) => ({ version: "1.100.0", workspace })[name] ?? anything });

const load = Module._load;
let asked;
Module._load = (name, ...rest) => {
  if (name === "vscode") return vscode;
  const found = load(name, ...rest);
  if (name !== "vscode-languageclient/node") return found;
  for (const method of ["start", "stop"]) {
    if (typeof found.LanguageClient.prototype[method] !== "function") throw new Error(`there is no ${method}`);
  }
  class LanguageClient {
    constructor(id, title, server, client) {
      asked = { id, title, server, client };
    }
    async start() {}
    async stop() {}
  }
  return { LanguageClient };
};

const { activate, deactivate } = require(file);
activate()
  .then(deactivate)
  .then(() => console.log(JSON.stringify(asked)));
