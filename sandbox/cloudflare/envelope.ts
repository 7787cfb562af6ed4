import { jsonAnswer, type WireAnswer } from "../wire";
import type { TrueRecord } from "../types";

/** Cloudflare's v4 envelope: `success`, `errors`, `messages`, `result`. */
export function success(result: object | object[] | null, info?: object): WireAnswer {
  return jsonAnswer(200, {
    result,
    success: true,
    errors: [],
    messages: [],
    ...(info === undefined ? {} : { result_info: info }),
  });
}

export function failure(status: number, code: number, message: string): WireAnswer {
  return jsonAnswer(status, { success: false, errors: [{ code, message }], messages: [], result: null });
}

/** One page of a list. Past the end it is empty, which is what ends the official client's auto-pagination. */
export function pageOf(all: object[], query: URLSearchParams): WireAnswer {
  const perPage = Math.min(5_000, Math.max(1, Number(query.get("per_page")) || 100));
  const page = Math.max(1, Number(query.get("page")) || 1);
  const result = all.slice((page - 1) * perPage, page * perPage);
  return success(result, {
    page,
    per_page: perPage,
    count: result.length,
    total_count: all.length,
    total_pages: Math.ceil(all.length / perPage),
  });
}

/** A record with the fields that Cloudflare adds. */
export function recordOnWire(record: TrueRecord, times: { createdAt: string; modifiedAt: string }): object {
  return {
    id: record.id,
    name: record.name,
    type: record.type,
    content: record.content,
    proxiable: true,
    proxied: record.proxied,
    ttl: record.ttl,
    settings: {},
    meta: {},
    comment: null,
    tags: [],
    created_on: times.createdAt,
    modified_on: times.modifiedAt,
  };
}
