/** How the host is driven. */
export type Way = "inside" | "client" | "http";

/** What a round measures. */
export type Part = "incidents" | "growth" | "cold" | "hold" | "mid";

export const parts: Record<Way, Part[]> = {
  inside: ["incidents", "growth"],
  client: ["incidents"],
  http: ["incidents", "growth", "cold", "hold", "mid"],
};
