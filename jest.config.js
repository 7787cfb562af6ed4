/** Tests run on the TypeScript sources through swc; types are the compiler's job (`npm run check`). */
const base = {
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2023", parser: { syntax: "typescript" } },
        module: { type: "commonjs", ignoreDynamic: true },
      },
    ],
  },
  testEnvironment: "node",
  // The worker's virtual module: jest's own module system passes the host's require hook by.
  moduleNameMapper: { "^@azure/functions-core$": "<rootDir>/host/core-module.ts" },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.switchover/"],
};

module.exports = {
  testTimeout: 60_000,
  maxWorkers: 2,
  projects: [
    {
      ...base,
      displayName: "fast",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/system/"],
    },
    { ...base, displayName: "system", testMatch: ["<rootDir>/test/system/**/*.test.ts"] },
  ],
};
