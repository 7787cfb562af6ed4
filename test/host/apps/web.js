// HTTP functions for the host's tests: routes, keys, bodies, cookies, and all that can go wrong.
const { app } = require("@azure/functions");

function register() {
  const answer = (name) => (request) => ({ jsonBody: { name, params: request.params } });
  app.http("aLiteral", { route: "x1/new", handler: answer("aLiteral") });
  app.http("zParam", { route: "x1/{id}", handler: answer("zParam") });
  app.http("aParam", { route: "x3/{id}", handler: answer("aParam") });
  app.http("zLiteral", { route: "x3/new", handler: answer("zLiteral") });
  app.http("root", { route: "{ignored:maxlength(0)?}", methods: ["GET"], handler: answer("root") });
  app.http("unnamed", { methods: ["GET"], handler: answer("unnamed") });
  app.http("headed", { route: "headed", methods: ["GET", "HEAD", "OPTIONS"], handler: answer("headed") });
  app.http("deleted", { route: "sameRoute", methods: ["DELETE"], handler: answer("deleted") });
  app.http("got", { route: "sameRoute", methods: ["GET"], handler: answer("got") });
  app.http("hidden", { route: "admin/mine", handler: answer("hidden") });
  app.http("keyed", { route: "keyed", authLevel: "function", handler: () => ({ body: "keyed" }) });
  app.http("keyedToo", { route: "keyedToo", authLevel: "function", handler: () => ({ body: "too" }) });
  app.http("ruled", { route: "ruled", authLevel: "admin", handler: () => ({ body: "ruled" }) });
  app.http("echo", {
    route: "echo",
    methods: ["POST", "GET"],
    async handler(request) {
      const body = Buffer.from(await request.arrayBuffer());
      return {
        body,
        headers: { "x-length": String(body.length), "x-type": request.headers.get("content-type") ?? "" },
      };
    },
  });
  app.http("query", {
    route: "query",
    handler: (request) => ({
      jsonBody: { a: request.query.get("a"), url: request.url, header: request.headers.get("x-a") },
    }),
  });
  app.http("cookies", {
    route: "cookies",
    handler: () => ({
      cookies: [
        { name: "a", value: "1", maxAge: 60, path: "/", sameSite: "Lax", httpOnly: true },
        { name: "b", value: "two words;", secure: true, expires: new Date(0) },
      ],
    }),
  });
  app.http("result", {
    route: "result/{kind}",
    handler: (request) => results[request.params.kind](),
  });
}

const results = {
  throws() {
    throw new Error("secret text");
  },
  async rejects() {
    throw new Error("secret text");
  },
  undefined: () => undefined,
  null: () => null,
  object: () => ({}),
  array: () => [],
  string: () => "text",
  number: () => 5,
  status700: () => ({ status: 700 }),
  statusText: () => ({ status: "201" }),
  redirect: () => ({ status: 302, headers: { location: "/elsewhere" } }),
  notModified: () => ({ status: 304 }),
  umlaut: () => ({ headers: { "x-a": "é" } }),
  text: () => ({ body: "žluťoučký" }),
  json: () => ({ jsonBody: { a: 1 } }),
};

module.exports = { register };
