// Stands in for the routes of the consultation before the server a test runs on: only while that server has none.
import { randomUUID } from "node:crypto";
import { createServer, request } from "node:http";

const tokens = { moderator: "moderator-token", viewer: "viewer-token" };

function roleOf(headers) {
  const token = (headers.authorization ?? "").replace(/^Bearer /, "") || /session=([^;]*)/.exec(headers.cookie ?? "")?.[1];
  return Object.keys(tokens).find((role) => tokens[role] === token) ?? null;
}

class Consultation {
  features = [];
  byKey = new Map();

  answer(method, url, headers, text) {
    const body = text === "" ? null : JSON.parse(text);
    const role = roleOf(headers);
    if (url.pathname === "/session") return this.session(method, headers, body);
    const id = url.pathname.split("/")[2];
    if (method === "POST") return this.posted(headers["idempotency-key"], body, text);
    if (method === "PATCH") return role === "moderator" ? this.judged(id, body) : { status: 403, body: { detail: "rôle" } };
    return this.listed(url, role);
  }

  session(method, headers, body) {
    if (method === "GET") return { status: 200, body: { role: roleOf(headers) } };
    const cookie = (value) => ({ status: 204, headers: { "Set-Cookie": `session=${value}; HttpOnly; SameSite=Strict; Path=/` } });
    if (method === "DELETE") return cookie("; Max-Age=0");
    return Object.values(tokens).includes(body.token) ? cookie(body.token) : { status: 401, body: { detail: "jeton" } };
  }

  posted(key, body, text) {
    const known = this.byKey.get(key);
    if (known) return known.text === text ? known.answer : { status: 422, body: { detail: "clé déjà prise" } };
    if (body.theme === "no such theme") return { status: 400, body: { detail: "Ce thème n'est pas proposé." } };
    const id = randomUUID();
    const geometry = { type: "Point", coordinates: body.quarter ? [4.4 + body.quarter.length / 1000, 45.45] : [body.lon, body.lat] };
    const days = { received: "2026-11-26", expires: "2027-11-26" };
    const properties = { id, quarter: null, ...body, state: "pending", ...days, history: [] };
    this.features.push({ type: "Feature", id, geometry, properties });
    const answer = { status: 201, body: { id, state: "pending" }, headers: { Location: `/contributions/${id}` } };
    this.byKey.set(key, { text, answer });
    return answer;
  }

  judged(id, { state, reason }) {
    const { properties } = this.features.find((one) => one.id === id);
    properties.state = state;
    properties.history.push({ date: "2026-11-26", state, reason: reason ?? null, label: "Essai" });
    return { status: 200, body: this.features.find((one) => one.id === id) };
  }

  listed(url, role) {
    const state = url.searchParams.get("state") ?? "published";
    if (role !== "moderator" && state !== "published") return { status: 404, body: { detail: "absent" } };
    const features = this.features.filter((one) => one.properties.state === state);
    if (url.searchParams.get("f") === "csv")
      return { status: 200, type: "text/csv", text: features.map(({ id, properties }) => `${id},${properties.text}`).join("\n") };
    return { status: 200, type: "application/geo+json", body: { type: "FeatureCollection", numberMatched: features.length, features, links: [] } };
  }
}

/** `server`, with a consultation in front of it. */
export async function stubbedConsultation(server) {
  const consultation = new Consultation();
  const send = (reply, { status, body, text, headers = {}, type = "application/json" }) =>
    reply.writeHead(status, { "Content-Type": type, ...headers }).end(status === 204 ? "" : (text ?? JSON.stringify(body)));
  const onward = (asked, reply, path, change) =>
    asked.pipe(
      request(new URL(path, server.origin), { method: asked.method, headers: { ...asked.headers, "accept-encoding": "identity" } }, (answer) => {
        if (!change) return answer.pipe(reply.writeHead(answer.statusCode, answer.headers));
        let whole = "";
        answer.on("data", (piece) => (whole += piece)).on("end", () => send(reply, { status: 200, body: change(JSON.parse(whole)) }));
      }),
    );
  const listener = createServer(async (asked, reply) => {
    const url = new URL(asked.url, "http://stub");
    if (asked.url === "/?f=json")
      return onward(asked, reply, asked.url, (landing) => ({
        ...landing,
        consultation: { themes: ["habitat", "cadre de vie", "santé", "transports"], retention_days: 365, text_limit: 1000 },
      }));
    if (!/^\/(contributions|session)(\/|$)/.test(url.pathname)) return onward(asked, reply, asked.url);
    if (asked.method === "GET" && /text\/html/.test(asked.headers.accept)) return onward(asked, reply, "/assets/summary.html");
    let text = "";
    for await (const piece of asked) text += piece;
    send(reply, consultation.answer(asked.method, url, asked.headers, text));
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    ...server,
    tokens,
    origin: `http://127.0.0.1:${listener.address().port}`,
    async end() {
      listener.closeAllConnections();
      listener.close();
      return server.end();
    },
  };
}
