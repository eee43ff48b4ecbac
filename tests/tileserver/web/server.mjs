// The server under test: started on a free port, ended by its process id.
import { spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import { createServer } from "node:net";

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Whose certificate it is, is not asked: the browser asks that. */
function answers(address) {
  const { get } = address.startsWith("https:") ? https : http;
  return new Promise((resolve) => {
    const asked = get(address, { rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once("error", () => resolve(false));
  });
}

/** Starts `executable serve atlas` with more options (those of TLS make it `https`) and waits until it is ready. @throws Error with its messages when it ends before. */
export async function startedServer(executable, atlas, options = []) {
  const port = await freePort();
  const child = spawn(executable, ["serve", atlas, "--listen", `127.0.0.1:${port}`, ...options], { stdio: ["ignore", "ignore", "pipe"] });
  let messages = "";
  child.stderr.on("data", (piece) => (messages += piece));
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  process.once("exit", () => child.kill("SIGKILL"));
  const origin = `${options.includes("--tls-key") ? "https" : "http"}://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(`${origin}/health/ready`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${executable} is not ready:\n${messages}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    pid: child.pid,
    /** Its exit code after SIGTERM; null when it had to be killed, after 10 s. */
    async end() {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      const code = await ended;
      clearTimeout(impatience);
      return code;
    },
  };
}
