// A server whose atlas takes contributions, with a moderator's token; its store goes with it.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startedServer } from "./server.mjs";

async function started(executable, folder) {
  const token = (role) => execFileSync(executable, ["token", "create", folder, "--role", role, "--label", "Essai"], { encoding: "utf8" }).trim();
  const tokens = { moderator: token("moderator"), viewer: token("viewer") };
  return { ...(await startedServer(executable, folder)), tokens };
}

export async function consultedServer() {
  const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas } = process.env;
  const folder = mkdtempSync(join(tmpdir(), "geoprio-consulted-"));
  cpSync(atlas, folder, { recursive: true });
  const file = join(folder, "atlas.toml");
  // Before the first table: a key after it would be the table's.
  writeFileSync(file, `store = "consultation.gpkg"\n${readFileSync(file, "utf8")}`);
  const server = await started(executable, folder);
  const { tokens } = server;
  const authorized = { Authorization: `Bearer ${tokens.moderator}` };
  return {
    ...server,
    /** Hands one in, as any client does. */
    async contribute(body) {
      const answer = await fetch(`${server.origin}/contributions`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
        body: JSON.stringify({ edition: "2014", theme: "habitat", quarter: "montreynaud", language: "fr", ...body }),
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()).id;
    },
    async judge(id, state, reason) {
      const answer = await fetch(`${server.origin}/contributions/${id}`, {
        method: "PATCH",
        headers: { ...authorized, "Content-Type": "application/json" },
        body: JSON.stringify({ state, ...(reason ? { reason } : {}) }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    },
    /** The features in that state, as a moderator sees them. */
    async inState(state) {
      const answer = await fetch(`${server.origin}/contributions?state=${state}&limit=1000`, { headers: authorized });
      return (await answer.json()).features;
    },
    async end() {
      const code = await server.end();
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}
