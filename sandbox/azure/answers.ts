import { jsonAnswer, type WireAnswer } from "../wire";
import type { Operation } from "./operations";

const RETRY_AFTER_S = "2";

export function azureFailure(status: number, code: string, message: string): WireAnswer {
  return jsonAnswer(status, { error: { code, message } });
}

/** 202: where to ask how it stands, and where its result will be. */
export function accepted(base: string, operation: Operation): WireAnswer {
  const at = (kind: string) => `${base}/${kind}/${operation.id}?api-version=2026-04-01`;
  return {
    status: 202,
    headers: {
      "azure-asyncoperation": at("operations"),
      location: at("operationResults"),
      "retry-after": RETRY_AFTER_S,
    },
    body: "",
    afterMs: 0,
  };
}

export function operationAnswer({ id, startedAt, state }: Operation): WireAnswer {
  const startTime = new Date(startedAt).toISOString();
  const status = state === "Succeeded" ? state : "InProgress";
  return jsonAnswer(200, { name: id, startTime, status }, { "retry-after": RETRY_AFTER_S });
}

export function resultAnswer(base: string, operation: Operation): WireAnswer {
  if (operation.state !== "Succeeded") return accepted(base, operation);
  const { output } = operation;
  if (output === undefined) return { status: 200, headers: {}, body: "", afterMs: 0 };
  const status = {
    code: "ProvisioningState/succeeded",
    level: "Info",
    displayStatus: "Provisioning succeeded",
  };
  const message = `Enable succeeded: \n[stdout]\n${output.slice(-4_096)}\n[stderr]\n`;
  return jsonAnswer(200, { value: [{ ...status, message }] });
}

export function instanceView(power: string): WireAnswer {
  const ready = power === "running";
  return jsonAnswer(200, {
    vmAgent: {
      vmAgentVersion: ready ? "2.9.1.1" : "Unknown",
      statuses: [
        {
          code: ready ? "ProvisioningState/succeeded" : "ProvisioningState/Unavailable",
          level: ready ? "Info" : "Warning",
          displayStatus: ready ? "Ready" : "Not Ready",
        },
      ],
    },
    statuses: [
      { code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Provisioning succeeded" },
      { code: `PowerState/${power}`, level: "Info", displayStatus: `VM ${power}` },
    ],
  });
}
