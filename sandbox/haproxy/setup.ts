/** How somebody set a balancer up, and what weighs on it. What is left out is as it should be. */
export type Setup = {
  /**
   * The configuration after a reload: `no-servers`: the backend is empty; `wrong-servers`: it has the servers at ports
   * where nobody listens; `wrong-port`: the service's own listener is somewhere else.
   */
  config?: "no-servers" | "wrong-servers" | "wrong-port";
  /** What is shown to customers, where they speak TLS. */
  certificate?: "expired" | "wrong-name";
  /** The most connections that are taken at a time. */
  maxconn?: number;
  /** Connections that somebody opens and never ends. */
  held?: number;
};

/** What a process was started with: when it changes, there is a reload. */
export function configurationOf({ held: _held, ...configured }: Setup): string {
  return JSON.stringify(configured);
}

/** Where a server is, as this configuration has it. */
export function configuredPort(port: number, { config }: Setup): number {
  return config === "wrong-servers" ? port + 1 : port;
}
